"""Taking a demonstration away."""


def remove(*, force: bool = False) -> int:
    raise NotImplementedError
