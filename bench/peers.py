"""Samples one case with one Python engine: nutpie (PyMC, numba) or numpyro; see README.md for what it prints.
usage: python3 peers.py --have
       python3 peers.py --engine nutpie --case edu --data edu.csv --out draws.csv [--chains 4] [--warmup 1000] [--draws 1000]"""
import os

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
import argparse
import importlib.metadata
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
CENTRED = {"edu": 1, "pbc2": 2}  # members of the Gaussian outcome
NUTPIE = ["nutpie", "nutpie-low-rank", "nutpie-centred", "nutpie-centred-low-rank"]


def have():
    needs = {engine: ["nutpie", "pymc", "numba"] for engine in NUTPIE}
    needs["numpyro"] = ["numpyro", "jax"]
    for engine, packages in needs.items():
        try:
            versions = [f"{package} {importlib.metadata.version(package)}" for package in packages]
        except importlib.metadata.PackageNotFoundError:
            continue
        print("have", engine, ", ".join(versions))


def seconds():
    import numpy as np
    usage, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return np.array([time.perf_counter(), usage.ru_utime + usage.ru_stime + children.ru_utime + children.ru_stime])


def say(key, value):
    print("result", key, value, flush=True)


def say_times(compiling, sampling):
    say("compile_wall", compiling[0])
    say("compile_cpu", compiling[1])
    say("wall", sampling[0])
    say("cpu", sampling[1])


def run_nutpie(options, outcomes, blocks, keep):
    import nutpie
    from models import pymc_model, start_values
    centred = CENTRED.get(options.case, 0) if "centred" in options.engine else 0
    if "centred" in options.engine and not centred:
        say("note", "no such model")
        return None
    settings = {"low_rank_modified_mass_matrix": True} if "low-rank" in options.engine else {}
    begin = seconds()
    model = pymc_model(outcomes, blocks, centred)
    program = nutpie.compile_pymc_model(model, backend="numba", initial_points=start_values(model), jitter_rvs=set())
    # A short run first, so that lazy compilation does not count as sampling.
    nutpie.sample(program, draws=5, tune=20, chains=1, cores=1, seed=1, progress_bar=False, **settings)
    middle = seconds()
    trace = nutpie.sample(program, draws=options.draws, tune=options.warmup, chains=options.chains, cores=1, seed=1,
                          progress_bar=False, save_warmup=True, **settings)
    say_times(middle - begin, seconds() - middle)
    say("gradients", int(trace.warmup_sample_stats["n_steps"].sum()) + int(trace.sample_stats["n_steps"].sum()))
    say("divergences", int(trace.sample_stats["diverging"].sum()))
    return {name: trace.posterior[name].values for name in keep}


def run_numpyro(options, outcomes, blocks, keep):
    import jax
    import numpy as np
    import numpyro
    from numpyro.infer import MCMC, NUTS
    from models import numpyro_model
    numpyro.enable_x64()
    model = numpyro_model(outcomes, blocks)
    fields = ("num_steps", "diverging")

    def sampler(warmup, draws, chains):
        return MCMC(NUTS(model, target_accept_prob=0.8), num_warmup=warmup, num_samples=draws, num_chains=chains,
                    chain_method="sequential", progress_bar=False)

    begin = seconds()
    sampler(1, 1, 1).run(jax.random.PRNGKey(1))  # what compiling costs
    middle = seconds()
    chains = sampler(options.warmup, options.draws, options.chains)
    chains.warmup(jax.random.PRNGKey(0), collect_warmup=True, extra_fields=fields)
    steps = int(np.sum(chains.get_extra_fields()["num_steps"]))
    chains.run(chains.post_warmup_state.rng_key, extra_fields=fields)
    say_times(middle - begin, seconds() - middle)
    found = chains.get_extra_fields()
    say("gradients", steps + int(np.sum(found["num_steps"])))
    say("divergences", int(np.sum(found["diverging"])))
    say("note", "seconds hold the compiling of warm-up and sampling too; compile s is that of a one-draw run")
    return {name: np.asarray(value) for name, value in chains.get_samples(group_by_chain=True).items() if name in keep}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--have", action="store_true")
    for name in ("engine", "case", "data", "out"):
        parser.add_argument("--" + name)
    for name, value in (("chains", 4), ("warmup", 1000), ("draws", 1000)):
        parser.add_argument("--" + name, type=int, default=value)
    options = parser.parse_args()
    if options.have:
        return have()
    import numpy as np
    import pandas as pd
    from models import by_name, load, main_names
    model = load(options.case, options.data)
    if model is None:
        return say("note", "no such model")
    run = run_numpyro if options.engine == "numpyro" else run_nutpie
    draws = run(options, *model, main_names(*model))
    if draws is None:
        return None
    table = by_name(draws, *model)
    chain = np.repeat(np.arange(1, options.chains + 1), options.draws)
    pd.DataFrame({"chain": chain, **{name: value.reshape(-1) for name, value in table.items()}}).to_csv(options.out, index=False)
    return None


if __name__ == "__main__":
    sys.exit(main())
