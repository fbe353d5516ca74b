"""Part of the stand-in for torch."""


def get_worker_info():
    return None
