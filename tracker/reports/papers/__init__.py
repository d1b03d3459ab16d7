"""The papers that go to a board and come out of its meeting: pure reports of typed rows."""
