"""SciPy is loaded whole, whichever threads want it at once."""

import subprocess
import sys

THREADS = """
import sys, threading
from faceorganizer.services.mathematics import load_scipy

sys.setswitchinterval(0.0001)
gate, failed = threading.Barrier(6), []

def want():
    gate.wait()
    try:
        load_scipy()
        from scipy.cluster.hierarchy import linkage
        from scipy.optimize import minimize
        from scipy.sparse.csgraph import connected_components
        from scipy.special import ndtr
    except Exception as error:
        failed.append(error)

threads = [threading.Thread(target=want) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not failed, failed
"""


def test_many_threads_at_once() -> None:
    done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
