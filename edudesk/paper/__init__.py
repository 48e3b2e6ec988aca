"""The PDF floor: A4 pages as Nghị định 30/2020 asks for, written whole or not at all."""
