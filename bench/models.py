"""The models of the benchmark for PyMC and numpyro: the same data and priors as cases.R."""
import numpy as np
import pandas as pd


def design(data, terms):
    """Intercept and columns of `terms` (treatment contrasts, levels sorted by byte), with brms's names."""
    def columns(term):
        if pd.api.types.is_numeric_dtype(data[term]):
            return [(term, data[term].to_numpy(float))]
        levels = sorted(data[term].unique())[1:]
        return [(term + str(level).replace("-", "M"), (data[term] == level).to_numpy(float)) for level in levels]

    found = [("Intercept", np.ones(len(data)))]
    for term in terms:
        if ":" in term:
            first, second = term.split(":")
            found += [(a + ":" + b, x * y) for a, x in columns(first) for b, y in columns(second)]
        else:
            found += columns(term)
    return np.column_stack([x for _, x in found]), [name for name, _ in found]


class Outcome:
    """A response with its fixed effects, and which columns of which block vary by which group.

    `effects` holds (block, group of each row, [(member of the block, its multiplier or None)])."""

    def __init__(self, name, family, y, data, terms, effects, slope=2.5, intercept=(0.0, 5.0), sigma=2.5):
        self.name, self.family, self.y, self.effects, self.sigma = name, family, np.asarray(y), effects, sigma
        self.X, self.names = design(data, terms)
        more = self.X.shape[1] - 1
        self.mean = np.array([intercept[0]] + [0.0] * more)
        self.sd = np.array([intercept[1]] + [slope] * more)


class Block:
    """Correlated random effects of one grouping factor; `scales` are those of the half-t priors of the sds."""

    def __init__(self, group, levels, members, scales):
        self.group, self.members, self.scales = group, members, [float(s) for s in scales]
        self.codes, found = pd.factorize(levels, sort=True)
        self.size = len(found)


def load(case, path):
    """The outcomes and the blocks of a case, or None where there is no such model."""
    d = pd.read_csv(path)
    if case == "edu":
        block = Block("school_id", d.school_id, ["mathscore_Intercept", "passed_Intercept"], [10, 2.5])
        terms = ["gender", "SES", "school_funding"]
        return [Outcome("mathscore", "gaussian", d.math_score, d, terms, [(0, block.codes, [(0, None)])],
                        slope=10.0, intercept=(50.0, 20.0), sigma=10.0),
                Outcome("passed", "bernoulli", d.passed, d, terms, [(0, block.codes, [(1, None)])])], [block]
    if case == "pbc2":
        block = Block("id", d.id, ["logBilir_Intercept", "logBilir_year", "spiders_Intercept", "spiders_year"], [2.5] * 4)
        seen = d.spiders.notna().to_numpy()
        year, part, terms = d.year.to_numpy(), d[seen], ["year", "drug"]
        return [Outcome("logBilir", "gaussian", np.log(d.serBilir), d, terms, [(0, block.codes, [(0, None), (1, year)])]),
                Outcome("spiders", "bernoulli", part.spiders.astype(int), part, terms,
                        [(0, block.codes[seen], [(2, None), (3, year[seen])])])], [block]
    if case == "salamanders":
        block = Block("site", d.site, ["count_Intercept", "present_Intercept"], [2.5] * 2)
        return [Outcome(name, family, d[name], d, ["spp", "mined"], [(0, block.codes, [(k, None)])])
                for k, (name, family) in enumerate([("count", "poisson"), ("present", "bernoulli")])], [block]
    if case == "epilepsy":
        blocks = [Block(group, d[group], ["Intercept"], [2.5]) for group in ("patient", "obs")]
        return [Outcome("", "poisson", d["count"], d, ["zAge", "zBase", "Trt", "zBase:Trt"],
                        [(k, block.codes, [(0, None)]) for k, block in enumerate(blocks)])], blocks
    return None


def times(effect, multiplier):
    return effect if multiplier is None else effect * multiplier


def pymc_model(outcomes, blocks, centred=0):
    """The model for nutpie. The first `centred` members of the first block, all of the Gaussian outcome, are
    centred hierarchically: they vary around the fixed effects, the other members are non-centred given them."""
    import pymc as pm
    import pytensor.tensor as pt
    if centred:
        outcome, block = outcomes[0], blocks[0]
        _, group, members = outcome.effects[0]
        first = np.array([np.flatnonzero(group == j)[0] for j in range(block.size)])
        columns = range(outcome.X.shape[1])
        of_group = [p for p in columns if np.array_equal(outcome.X[first, p][group], outcome.X[:, p])]
        slopes = [next(p for p in columns if np.array_equal(outcome.X[:, p], x)) for _, x in members[1:centred]]
        free = [p for p in columns if p not in of_group + slopes]
    with pm.Model() as model:
        fixed = [pm.Normal("b_" + o.name, o.mean, o.sd, shape=len(o.mean)) for o in outcomes]
        effects = []
        for k, block in enumerate(blocks):
            size = len(block.scales)
            if size == 1:
                sd = pm.HalfStudentT(f"sd_{k}", nu=3, sigma=block.scales[0])
                effects.append(pm.Normal(f"z_{k}", 0, 1, shape=(block.size, 1)) * sd)
                continue
            sd = pm.HalfStudentT(f"sd_{k}", nu=3, sigma=np.array(block.scales), shape=size)
            # LKJ(2) by its canonical partial correlations, which are independent: (1 + y) / 2 ~ Beta(b, b) with
            # b = 2 + (size - 2 - column) / 2. (pm.LKJCholeskyCov starts at random, which fails now and then.)
            places = [(i, j) for i in range(1, size) for j in range(i)]
            shape = np.array([2.0 + (size - 2 - j) / 2 for _, j in places])
            partial = 2 * pm.Beta(f"pc_{k}", shape, shape, shape=len(places)) - 1
            rows = [[pt.constant(1.0)] + [pt.constant(0.0)] * (size - 1)]
            for i in range(1, size):
                row, rest = [], pt.constant(1.0)
                for j in range(i):
                    value = partial[places.index((i, j))]
                    row.append(value * pt.sqrt(rest))
                    rest = rest * (1 - value**2)
                rows.append(row + [pt.sqrt(rest)] + [pt.constant(0.0)] * (size - 1 - i))
            root = pt.stack([pt.stack(row) for row in rows])
            lower = sd[:, None] * root
            pm.Deterministic(f"cor_{k}", pt.dot(root, root.T)[np.triu_indices(size, 1)])
            if not centred:
                effects.append(pt.dot(pm.Normal(f"z_{k}", 0, 1, shape=(block.size, size)), lower.T))
                continue
            around = pm.Flat(f"uc_{k}", shape=(block.size, centred))
            mean = [pt.dot(outcomes[0].X[first][:, of_group], fixed[0][of_group])]
            mean += [fixed[0][p] * np.ones(block.size) for p in slopes]
            u = around - pt.stack(mean, axis=1)
            w = pt.linalg.solve_triangular(lower[:centred, :centred], u.T, lower=True)
            pm.Potential(f"pu_{k}", -0.5 * (w**2).sum() - block.size * pt.log(pt.diagonal(lower)[:centred]).sum())
            if centred < size:
                z = pm.Normal(f"z_{k}", 0, 1, shape=(block.size, size - centred))
                u = pt.concatenate([u, pt.dot(w.T, lower[centred:, :centred].T) + pt.dot(z, lower[centred:, centred:].T)], axis=1)
            effects.append(u)
        for n, (o, b) in enumerate(zip(outcomes, fixed)):
            if centred and n == 0:
                eta = sum(times(around[group, m], x) for m, x in members)
                if free:
                    eta = eta + pt.dot(o.X[:, free], b[free])
            else:
                eta = pt.dot(o.X, b)
                for k, codes, parts in o.effects:
                    for m, x in parts:
                        eta = eta + times(effects[k][codes, m], x)
            if o.family == "gaussian":
                pm.Normal("y_" + o.name, eta, pm.HalfStudentT("sigma_" + o.name, nu=3, sigma=o.sigma), observed=o.y)
            elif o.family == "bernoulli":
                pm.Bernoulli("y_" + o.name, logit_p=eta, observed=o.y)
            else:
                pm.Poisson("y_" + o.name, pt.exp(eta), observed=o.y)
    return model


def start_values(model, seed=1):
    """Fixed starting values for nutpie: its own random ones fail now and then."""
    random, values = np.random.default_rng(seed), {}
    for variable in model.free_RVs:
        name, shape = variable.name, tuple(int(k) for k in variable.shape.eval())
        noise = random.normal(0, 0.1, shape)
        if name.startswith(("sd_", "sigma")):
            values[name] = np.exp(noise)
        elif name.startswith("pc_"):
            values[name] = 0.5 + 0.3 * noise
        elif name.startswith("b_"):
            values[name] = noise + variable.owner.inputs[2].eval()
        else:
            values[name] = noise
    return values


def numpyro_model(outcomes, blocks):
    """The model for numpyro, non-centred."""
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist

    def half_t(name, scale, shape):
        # A Student-t on the positive half line; the constant factor 2 is left out.
        value = numpyro.sample(name, dist.ImproperUniform(dist.constraints.positive, (), shape))
        numpyro.factor("p_" + name, dist.StudentT(3.0, 0.0, scale).log_prob(value).sum())
        return value

    def model():
        effects = []
        for k, block in enumerate(blocks):
            size = len(block.scales)
            sd = half_t(f"sd_{k}", jnp.array(block.scales), (size,))
            lower = sd[:, None]
            if size > 1:
                root = numpyro.sample(f"L_{k}", dist.LKJCholesky(size, 2.0))
                numpyro.deterministic(f"cor_{k}", (root @ root.T)[jnp.triu_indices(size, 1)])
                lower = lower * root
            z = numpyro.sample(f"z_{k}", dist.Normal(0, 1).expand([block.size, size]).to_event(2))
            effects.append(z @ lower.T)
        for o in outcomes:
            eta = jnp.asarray(o.X) @ numpyro.sample("b_" + o.name, dist.Normal(o.mean, o.sd).to_event(1))
            for k, codes, parts in o.effects:
                for m, x in parts:
                    eta = eta + times(effects[k][codes, m], x)
            if o.family == "gaussian":
                numpyro.sample("y_" + o.name, dist.Normal(eta, half_t("sigma_" + o.name, o.sigma, ())), obs=o.y)
            elif o.family == "bernoulli":
                numpyro.sample("y_" + o.name, dist.Bernoulli(logits=eta), obs=o.y)
            else:
                numpyro.sample("y_" + o.name, dist.Poisson(jnp.exp(eta)), obs=o.y)

    return model


def main_names(outcomes, blocks):
    """What a sampler must keep for `by_name`."""
    names = ["b_" + o.name for o in outcomes] + ["sigma_" + o.name for o in outcomes if o.family == "gaussian"]
    names += [f"sd_{k}" for k in range(len(blocks))]
    return names + [f"cor_{k}" for k, block in enumerate(blocks) if len(block.scales) > 1]


def by_name(draws, outcomes, blocks):
    """Draws (chains, draws, ...) of `main_names` as a table of (chains, draws) by brms's names."""
    table, several = {}, len(outcomes) > 1
    for o in outcomes:
        for j, name in enumerate(o.names):
            table["b_" + (o.name + "_" if several else "") + name] = draws["b_" + o.name][..., j]
        if o.family == "gaussian":
            table["sigma_" + o.name if several else "sigma"] = draws["sigma_" + o.name]
    for k, block in enumerate(blocks):
        size = len(block.members)
        sd = draws[f"sd_{k}"].reshape(draws[f"sd_{k}"].shape[:2] + (size,))
        for j, member in enumerate(block.members):
            table[f"sd_{block.group}__{member}"] = sd[..., j]
        if size > 1:
            for q, (i, j) in enumerate(zip(*np.triu_indices(size, 1))):
                table[f"cor_{block.group}__{block.members[i]}__{block.members[j]}"] = draws[f"cor_{k}"][..., q]
    return table
