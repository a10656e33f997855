"""`implicit` behind the calls of calls.ts: one line of JSON in, one out."""

import importlib.metadata
import json
import platform
import sys
import time
from pathlib import Path

import numpy as np
import scipy.sparse
from implicit.cpu.als import AlternatingLeastSquares


def rows(data, alpha):
    """Confidences 1 + alpha * value, [users x items], as implicit takes them."""
    sizes = json.loads((Path(data) / "sizes.json").read_text())
    values, columns, starts = (np.load(Path(data) / f"user_{name}.npy") for name in ("values", "indices", "indptr"))
    shape = (sizes["nUsers"], sizes["nItems"])
    return scipy.sparse.csr_matrix((1 + np.float32(alpha) * values, columns, starts), shape=shape)


def write_factors(model, folder):
    Path(folder).mkdir(parents=True, exist_ok=True)
    np.save(Path(folder) / "users.npy", model.user_factors.reshape(-1))
    np.save(Path(folder) / "items.npy", model.item_factors.reshape(-1))


def read_factors(model, folder):
    model.user_factors, model.item_factors = (
        np.load(Path(folder) / f"{side}.npy").reshape(-1, model.factors) for side in ("users", "items")
    )


class Engine:
    def open(self, data, nFactors, nThreads, loss, solver, seed):
        self.user_items = rows(data, loss["alpha"])
        self.item_users = self.user_items.T.tocsr()
        self.model = AlternatingLeastSquares(
            factors=nFactors,
            regularization=loss["lambda"],
            use_cg=solver == "cg",
            num_threads=nThreads,
            random_state=seed,
        )
        return {"engine": f"implicit ({nThreads})"}

    def load(self, factors):
        read_factors(self.model, factors)
        return {}

    def save(self, factors):
        write_factors(self.model, factors)
        return {}

    def sweep(self):
        """What `fit` does once an iteration."""
        model, solve = self.model, self.model.solver
        users, items = model.user_factors, model.item_factors
        started = time.perf_counter()
        solve(self.user_items, users, items, model.regularization, num_threads=model.num_threads)
        solve(self.item_users, items, users, model.regularization, num_threads=model.num_threads)
        return {"seconds": time.perf_counter() - started}

    def train(self, data, nFactors, nThreads, iterations, seed, snapshots, regularization, alpha, useCg):
        user_items = rows(data, alpha)
        model = AlternatingLeastSquares(
            factors=nFactors,
            regularization=regularization,
            use_cg=useCg,
            iterations=iterations,
            num_threads=nThreads,
            random_state=seed,
        )

        def snapshot(iteration, _seconds, _loss):
            write_factors(model, Path(snapshots) / str(iteration + 1))

        started = time.perf_counter()
        model.fit(user_items, show_progress=False, callback=snapshot if snapshots else None)
        return {"seconds": time.perf_counter() - started}

    def loadModel(self, data, factors, nFactors, nThreads, loss):
        self.user_items = rows(data, loss.get("alpha", 1))
        self.model = AlternatingLeastSquares(
            factors=nFactors, regularization=loss["lambda"], num_threads=nThreads
        )
        read_factors(self.model, factors)
        return {"engine": f"implicit ({nThreads})"}

    def recommend(self, nUsers, n, nShown):
        users = np.arange(nUsers)
        seen = self.user_items[:nUsers]
        started = time.perf_counter()
        items, _ = self.model.recommend(users, seen, N=n)
        return {"seconds": time.perf_counter() - started, "items": items[:nShown].reshape(-1).tolist()}

    def recommendNew(self, nUsers, n):
        milliseconds = []
        for user in range(nUsers):
            seen = self.user_items[user]
            started = time.perf_counter()
            self.model.recommend(user, seen, N=n, recalculate_user=True)
            milliseconds.append(1000 * (time.perf_counter() - started))
        return {"ms": milliseconds}

    def versions(self):
        installed = {name: importlib.metadata.version(name) for name in ("implicit", "numpy", "scipy")}
        return {"python": platform.python_version(), **installed}

    def peakRss(self):
        """Linux keeps the peak of this program apart from that of the one that started it, unlike `getrusage`."""
        status = Path("/proc/self/status").read_text()
        return {"bytes": 1024 * int(status.split("VmHWM:")[1].split()[0])}


engine = Engine()
for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = {"result": getattr(engine, request["call"])(**request["with"])}
    except Exception as error:  # told to the caller, who ends the run
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)
