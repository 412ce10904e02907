#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""golden.py DIR [PART]: records trajectories of optax (under JAX) and of PyTorch below DIR/optax and DIR/pytorch; with
PART only those that have it in their names.

    pip install optax torch madgrad && python3 test/oracle/golden.py test/oracle

In float64, one operation at a time (nothing is fused), on gradients that `stream` makes of integers, so that a replay
makes the same ones bit for bit. README.md says what the fields of a case mean.
"""
import inspect
import json
import os
import sys

os.environ.setdefault("JAX_PLATFORMS", "cpu")
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import madgrad
import optax
import torch

STEPS = 200
PART = sys.argv[2] if len(sys.argv) > 2 else ""
RECORDED = sorted({1, 2, 3, 5, STEPS} | set(range(10, STEPS, 10)))
SHAPES = [(3,), (2, 2)]
MASK = (1 << 64) - 1


def hashed(x):
    """splitmix64."""
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def uniform(seed, step, element):
    """In [-1, 1), exact."""
    return (hashed(seed * 1000003 + step * 1009 + element) >> 11) / 2.0**52 - 1.0


def stream(seed, step, element):
    """The gradient of an element in a step counted from 1: of size 2^-2 to 2^2 about a mean; step 8 is all zero, every
    41st number large, and the first element rests for five steps."""
    if step == 8 or (element == 0 and step <= 5):
        return 0.0
    size = 2.0 ** (element % 5 - 2) * (64.0 if (7 * step + element) % 41 == 0 else 1.0)
    return (uniform(seed, step, element) + 0.25 * (element % 3 - 1)) * size


def gradients(seed, step):
    made, element = [], 0
    for shape in SHAPES:
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        made.append([stream(seed, step, element + k) for k in range(count)])
        element += count
    return made


def start(seed):
    """Parameters: the gradients of a step 0."""
    return [[uniform(seed, 0, 100 * t + k) for k in range(len(row))] for t, row in enumerate(gradients(seed, 1))]


def shaped(values, array):
    return [array(v).reshape(s) for v, s in zip(values, SHAPES)]


def value_of(seed, step):
    """What the objective is said to be: it falls, jumps, and stays."""
    return 1.0 + 4.0 / (1 + step // 7) + uniform(seed, step, 999) / 16


def numbers(theta):
    return [[float(x) for x in t.reshape(-1)] for t in theta]


def in_elements(theta):
    """Every element a leaf of its own, for what treats leaves and not elements."""
    return [list(t.reshape(-1)) for t in theta]


def spoil(g, step, spoiled):
    """Not a number, or an infinity in even steps, in the elements of these steps."""
    for at, element in spoiled:
        tensor, k = (0, element) if element < len(g[0]) else (1, element - len(g[0]))
        if at == step:
            g[tensor][k] = float("nan") if step % 2 else float("inf")
    return g


def run_optax(make, seed, values=False, paired=False, split=False, project=None, step_size=None, branches=False,
              spoiled=()):
    """`paired`: the rule steps pairs of fast and slow parameters, of which the fast ones are recorded. `split`: it is
    given every element as a leaf. `project`: what is done to each tensor behind a step. `step_size`: that of an
    average, which is recorded too. `branches`: it holds a `lax.cond`, whose branches would be fused, and compiled anew
    in every step. `spoiled`: steps and elements of them that are not finite."""
    rule = make()
    array = lambda v: jnp.array(v, dtype=jnp.float64)
    theta = shaped(start(seed), array)
    theta = optax.LookaheadParams.init_synced(theta) if paired else in_elements(theta) if split else theta
    average = theta
    state = rule.init(theta)
    for step in range(1, STEPS + 1):
        g = shaped(spoil(gradients(seed, step), step, spoiled), array)
        told = {"value": value_of(seed, step)} if values else {}
        with jax.disable_jit(branches):
            updates, state = rule.update(in_elements(g) if split else g, state, theta, **told)
            theta = optax.apply_updates(theta, updates)
            if project:
                theta = [project(t) for t in theta]
        if step_size:
            average = optax.incremental_update(theta, average, step_size)
            yield step, numbers(theta), numbers(average)
        else:
            yield step, numbers(theta.fast if paired else map(jnp.stack, theta) if split else theta)


class Averaged:
    """`AveragedModel` of some tensors: the mean from step `begin` + 2 on, as its documentation's loop has it, or the
    moving average that begins with the parameters at first."""

    def __init__(self, theta, kind, begin=0, decay=0.0):
        self.theta = torch.nn.ParameterList([torch.nn.Parameter(t, requires_grad=False) for t in theta])
        self.begin = begin if kind == "swa" else -1
        moving = torch.optim.swa_utils.get_ema_multi_avg_fn(decay) if kind == "ema" else None
        self.model = torch.optim.swa_utils.AveragedModel(self.theta, multi_avg_fn=moving)
        if kind == "ema":
            self.model.update_parameters(self.theta)

    def step(self, step, theta):
        with torch.no_grad():
            for mine, t in zip(self.theta, theta):
                mine.copy_(t)
        if step - 1 > self.begin:
            self.model.update_parameters(self.theta)
        return numbers(self.model.module.parameters()) if self.model.n_averaged > 0 else None


def run_torch(make, seed, schedule=None, values=None, averaging=None):
    """`values`: the value that the scheduler was told before each step. `averaging`: of `Averaged`."""
    theta = shaped(start(seed), lambda v: torch.tensor(v, dtype=torch.float64))
    averaged = Averaged([t.clone() for t in theta], **averaging) if averaging else None
    rule = make(theta)
    scheduler = schedule(rule) if schedule else None
    for step in range(1, STEPS + 1):
        for p, g in zip(theta, shaped(gradients(seed, step), lambda v: torch.tensor(v, dtype=torch.float64))):
            p.grad = g
        rule.step()
        if scheduler and step < STEPS:
            scheduler.step(*values[step:step + 1] if values else [])
        yield step, numbers(theta), *([averaged.step(step, theta)] if averaged else [])


def record(folder, name, reference, optimizer, hyperparameters, seed, run, **more):
    if PART not in name:
        return
    rows, *averages = zip(*[values for step, *values in run if step in RECORDED])
    flat = [x for row in rows for t in row for x in t]
    assert all(x == x and abs(x) < 1e300 for x in flat), name
    case = {
        "case": name, "kind": "trajectory", "reference": reference, "optimizer": optimizer,
        "hyperparameters": hyperparameters, "dtype": "float64",
        "tensors": [{"shape": list(s), "values": v} for s, v in zip(SHAPES, start(seed))],
        "stream": seed, "steps": STEPS, "recorded_steps": RECORDED, "parameters": rows, "tolerance": 1e-12,
        **({"averages": averages[0]} if averages else {}), **more,
    }
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name + ".json"), "w") as file:
        file.write("{\n" + ",\n".join(json.dumps(k) + ": " + json.dumps(v, separators=(",", ":")) for k, v in case.items()) + "\n}\n")


def with_defaults(rule, given):
    """All numbers that an optax rule is made of."""
    known = {k: p.default for k, p in inspect.signature(rule).parameters.items()}
    return {**{k: v for k, v in known.items() if isinstance(v, (int, float))}, **given}


def torch_values(rule):
    """All numbers that a PyTorch optimizer is made of; those of its pairs have names of their own."""
    pairs = {"betas": ("beta1", "beta2"), "etas": ("eta_minus", "eta_plus"), "step_sizes": ("step_min", "step_max")}
    values = {}
    for name, value in rule.defaults.items():
        values.update(zip(pairs[name], value) if name in pairs else {name: value})
    return {k: v for k, v in values.items() if isinstance(v, (int, float)) and k not in ("foreach", "capturable", "differentiable", "fused")}


def mechanized(base):
    def made(learning_rate=0.01, weight_decay=1e-2, eps=1e-8, s_init=1e-6, num_betas=6):
        return optax.contrib.mechanize(base(learning_rate), weight_decay, eps, s_init, num_betas)
    return made


def multi_steps_adam(learning_rate=0.01, every_k=4, b1=0.9):
    return optax.MultiSteps(optax.adam(learning_rate, b1), every_k, accumulator_dtype=jnp.float64).gradient_transformation()


def prodigy(learning_rate=1.0, beta1=0.9, beta2=0.999, eps=1e-30, estim_lr0=1e-6, estim_lr_coef=1.0, weight_decay=0.0):
    """eps so small that it does not matter whether the new or the old estimate stands in front of it."""
    return optax.contrib.prodigy(learning_rate, (beta1, beta2), None, eps, estim_lr0, estim_lr_coef, weight_decay)


def dadapt_adamw(learning_rate=1.0, beta1=0.9, beta2=0.999, eps=1e-8, estim_lr0=1e-6, weight_decay=0.0):
    return optax.contrib.dadapt_adamw(learning_rate, (beta1, beta2), eps, estim_lr0, weight_decay)


def schedule_free_sgd(learning_rate=0.01, b1=0.9, weight_decay=0.0, weight_lr_power=2.0):
    return optax.contrib.schedule_free_sgd(learning_rate, None, b1, weight_decay, weight_lr_power)


def schedule_free_adamw(learning_rate=0.01, b1=0.9, b2=0.999, eps=1e-8, weight_decay=0.0, weight_lr_power=2.0):
    return optax.contrib.schedule_free_adamw(learning_rate, None, b1, b2, eps, weight_decay, weight_lr_power)


def fulfilled(condition, n):
    """optax counts steps from 0."""
    return {"every": lambda step: (step + 1) % n == 0, "from": lambda step: step + 1 >= n,
            "until": lambda step: step + 1 <= n}[condition]


def wrapped_sgd(learning_rate, inner, amount, wrap):
    """What a wrapper makes of a transformation in front of a rate."""
    parts = {"trace": optax.trace, "clip": optax.clip, "add_decayed_weights": optax.add_decayed_weights}
    return optax.chain(wrap(parts[inner](amount)), optax.scale_by_learning_rate(learning_rate))


def optax_wrapped():
    """A name, and several sets of hyper-parameters, of what acts on some steps, leaves or elements alone."""
    when = [dict(inner="trace", amount=0.9, condition="every", n=3), dict(inner="clip", amount=0.5, condition="until", n=60),
            dict(inner="add_decayed_weights", amount=0.5, condition="from", n=100), dict(inner="trace", amount=0.5, condition="until", n=120)]
    yield "conditionally_transform", when
    yield "conditionally_mask", when
    leaf = [[1, 1, 1], [0, 0, 0, 0]]
    element = [[1, 0, 1], [0, 1, 1, 0]]
    yield "masked", [dict(inner=inner, amount=amount, mask=mask) for inner, amount in (("trace", 0.9), ("clip", 0.5), ("add_decayed_weights", 0.5)) for mask in (leaf, element)]


def guarded_adam(learning_rate=0.01, b1=0.9, b2=0.999, eps=1e-8, max_consecutive_errors=5):
    return optax.apply_if_finite(optax.adam(learning_rate, b1, b2, eps), max_consecutive_errors)


def frozen_adam(learning_rate=0.01, b1=0.9, b2=0.999, eps=1e-8, max_norm=0.5):
    """Of the second tensor alone: the first is frozen, and the norm does not see it."""
    inner = optax.chain(optax.clip_by_global_norm(max_norm), optax.adam(learning_rate, b1, b2, eps))
    return optax.selective_transform(inner, freeze_mask=[True, False])


def optax_projections():
    """A name of `optax.projections`, and its arguments behind the tree. Each tensor is projected on its own."""
    yield "simplex", [1.0], [2.5]
    yield "l1_ball", [1.0], [0.3]
    yield "l2_ball", [1.0], [0.4]
    yield "l2_sphere", [1.0], [2.5]
    yield "non_negative", []
    yield "box", [-0.3, 0.6], [0.1, 2.0]
    yield "hypercube", [0.5]
    yield "linf_ball", [0.4]


def optax_rules():
    """A name, what makes the rule of hyper-parameters, and several sets of them."""
    o, c = optax, optax.contrib
    adam = [dict(), dict(b1=0.8, b2=0.99), dict(b1=0.0, b2=0.9, eps=1e-3), dict(b1=0.95, b2=0.9999, eps=1e-6)]
    decayed = [dict(weight_decay=w, **h) for w, h in zip([1e-4, 0.1, 0.01, 0.5], adam)]
    yield "adam", o.adam, adam
    yield "adamw", o.adamw, decayed
    yield "nadam", o.nadam, adam
    yield "nadamw", o.nadamw, decayed
    yield "amsgrad", o.amsgrad, adam
    yield "adamax", o.adamax, adam
    yield "adamaxw", o.adamaxw, decayed
    yield "adabelief", o.adabelief, [dict(), dict(b1=0.8, b2=0.99), dict(b1=0.0, b2=0.9, eps=1e-3, eps_root=1e-6), dict(b1=0.95, eps=1e-6, eps_root=1e-8)]
    yield "yogi", o.yogi, [dict(), dict(b1=0.8, b2=0.99), dict(b2=0.9, eps=1e-2), dict(b1=0.95, b2=0.9999)]
    yield "radam", o.radam, [h for h in adam if h.get("b2") != 0.9999] + [dict(b1=0.95, eps=1e-6), dict(b2=0.9, threshold=6.0)]
    yield "adan", o.adan, [dict(), dict(b1=0.9, b2=0.8, b3=0.95), dict(eps=1e-3, eps_root=0.0), dict(weight_decay=0.1)]
    yield "lion", o.lion, [dict(), dict(b1=0.8, b2=0.9), dict(weight_decay=0.0), dict(b1=0.0, b2=0.95, weight_decay=0.1)]
    yield "adagrad", o.adagrad, [dict(), dict(initial_accumulator_value=0.0), dict(eps=1e-3), dict(initial_accumulator_value=2.0, eps=1e-5)]
    rms = [dict(), dict(decay=0.99, eps=1e-4), dict(eps_in_sqrt=False), dict(initial_scale=1.0), dict(momentum=0.9), dict(momentum=0.5, nesterov=True), dict(bias_correction=True)]
    yield "rmsprop", o.rmsprop, rms + [{**h, "centered": True, "eps": 1e-4} for h in rms if "bias_correction" not in h]
    yield "adadelta", o.adadelta, [dict(), dict(rho=0.95, eps=1e-4), dict(rho=0.5), dict(weight_decay=0.1)]
    yield "sgd", o.sgd, [dict(), dict(momentum=0.9), dict(momentum=0.5), dict(momentum=0.9, nesterov=True)]
    yield "sign_sgd", o.sign_sgd, [dict(), dict(learning_rate=0.1)]
    yield "signum", o.signum, [dict(), dict(beta=0.5), dict(beta=0.99)]
    yield "optimistic_gradient_descent", o.optimistic_gradient_descent, [dict(), dict(alpha=0.5, beta=2.0), dict(beta=0.0)]
    yield "optimistic_adam_v2", o.optimistic_adam_v2, [dict(), dict(nesterov=False), dict(alpha=0.5, beta=2.0, b1=0.8), dict(nesterov=False, b2=0.9, eps=1e-3)]
    yield "acprop", c.acprop, [dict(), dict(b1=0.8, b2=0.99), dict(eps=1e-3, eps_root=1e-6), dict(weight_decay=0.1, eps=1e-4)]
    yield "ademamix", c.ademamix, [dict(), dict(b1=0.8, b2=0.99, b3=0.999, alpha=2.0), dict(eps=1e-3, alpha=8.0), dict(weight_decay=0.1)]
    yield "simplified_ademamix", c.simplified_ademamix, [dict(), dict(b1=0.9, b2=0.99, alpha=2.0), dict(alpha=0.5, eps=1e-3), dict(b1=0.5, alpha=10.0)]
    yield "adopt", c.adopt, [dict(), dict(b1=0.8, b2=0.99), dict(use_clipping=False, eps=1e-2), dict(nesterov=True)]
    yield "cocob", c.cocob, [dict(learning_rate=1.0), dict(learning_rate=1.0, alpha=10.0), dict(learning_rate=1.0, alpha=1.0, eps=1e-4)]
    yield "lars", o.lars, [dict(), dict(trust_coefficient=0.1, weight_decay=0.1), dict(trust_coefficient=0.01, eps=1e-3, momentum=0.5)]
    yield "novograd", o.novograd, [dict(), dict(b1=0.5, b2=0.9), dict(eps=1e-3, weight_decay=0.1), dict(b2=0.0)]
    dog = dict(learning_rate=1.0)
    yield "dog", c.dog, [dog, dict(init_step=("heuristic", 1e-3), **dog), dict(weight_decay=0.1, eps=1e-4, **dog)]
    yield "dowg", c.dowg, [dog, dict(init_estim_sq_dist=1e-2, eps=1e-6, **dog), dict(weight_decay=0.1, **dog)]
    yield "multi_steps_adam", multi_steps_adam, [dict(), dict(every_k=7, b1=0.5), dict(every_k=1)]
    yield "prodigy", prodigy, [dict(), dict(estim_lr0=1e-2, beta1=0.8, weight_decay=0.1), dict(learning_rate=0.5, estim_lr_coef=2.0, beta2=0.99)]
    yield "dadapt_adamw", dadapt_adamw, [dict(), dict(estim_lr0=1e-2, beta1=0.8, weight_decay=0.1), dict(learning_rate=0.5, eps=1e-4, beta2=0.99)]
    yield "schedule_free_sgd", schedule_free_sgd, [dict(), dict(b1=0.5, weight_decay=0.1), dict(learning_rate=0.3, weight_lr_power=0.0)]
    yield "schedule_free_adamw", schedule_free_adamw, [dict(), dict(b1=0.95, b2=0.99, weight_decay=0.1), dict(eps=1e-3, b2=0.9)]
    yield "mechanized_sgd", mechanized(o.sgd), [dict(learning_rate=1.0), dict(learning_rate=1.0, weight_decay=0.0), dict(learning_rate=0.5, s_init=1e-3, num_betas=3, eps=1e-6)]
    yield "mechanized_adam", mechanized(o.adam), [dict(learning_rate=1.0), dict(learning_rate=0.1, s_init=1e-2, weight_decay=0.1)]
    yield "fromage", o.fromage, [dict(), dict(learning_rate=0.2), dict(learning_rate=0.05, min_norm=2.0)]
    yield "lamb", o.lamb, [dict(), dict(b1=0.8, b2=0.99, weight_decay=0.1), dict(b1=0.0, b2=0.9, eps=1e-3)]
    yield "optimistic_adam", o.optimistic_adam, [dict(), dict(optimism=1.0, b1=0.8), dict(nesterov=False, optimism=0.1, b2=0.9, eps=1e-3)]
    yield "frozen_adam", frozen_adam, [dict(), dict(b1=0.5, b2=0.9, max_norm=4.0)]
    yield "rprop", o.rprop, [dict(), dict(eta_minus=0.3, eta_plus=1.5), dict(min_step_size=1e-3, max_step_size=0.1)]
    chains = {
        "clip": (o.clip, [dict(max_delta=0.5), dict(max_delta=2.0)]),
        "clip_by_global_norm": (o.clip_by_global_norm, [dict(max_norm=0.5), dict(max_norm=4.0)]),
        "clip_by_block_rms": (o.clip_by_block_rms, [dict(threshold=0.5), dict(threshold=2.0)]),
        "normalize_by_update_norm": (o.normalize_by_update_norm, [dict(), dict(eps=1e-2)]),
        "trace": (o.trace, [dict(decay=0.9), dict(decay=0.5, nesterov=True)]),
        "ema": (o.ema, [dict(decay=0.9), dict(decay=0.5, debias=False)]),
        "add_decayed_weights": (o.add_decayed_weights, [dict(weight_decay=0.1), dict(weight_decay=1.0)]),
        "scale_by_trust_ratio": (o.scale_by_trust_ratio, [dict(), dict(trust_coefficient=0.1, eps=1e-2), dict(min_norm=2.0)]),
        "scale_by_param_block_norm": (o.scale_by_param_block_norm, [dict(), dict(min_scale=1.5)]),
        "scale_by_param_block_rms": (o.scale_by_param_block_rms, [dict(), dict(min_scale=0.7)]),
        "apply_every": (o.apply_every, [dict(k=1), dict(k=4), dict(k=7)]),
        "keep_params_nonnegative": (lambda: o.keep_params_nonnegative(), [dict()]),
    }
    for name, (part, sets) in chains.items():
        def chained(learning_rate=0.01, *, make=part, behind=(name == "keep_params_nonnegative",), **h):
            scale = o.scale_by_learning_rate(learning_rate)
            return o.chain(scale, make(**h)) if behind[0] else o.chain(make(**h), scale)
        yield name, chained, sets


def counted_in_double(schedule):
    """optax counts in int32, which it divides in float32."""
    return lambda count: schedule(jnp.asarray(count, dtype=jnp.float64))


def optax_schedules():
    """A name, what makes the schedule, and several sets of values."""
    o = optax
    steps = dict(boundaries_and_scales=[[40, 0.5], [90, 3.0], [150, 0.1]])
    pairs = lambda make: lambda boundaries_and_scales, **h: make(boundaries_and_scales=dict(map(tuple, boundaries_and_scales)), **h)
    line = dict(init_value=0.2, end_value=0.01, transition_steps=120)
    decay = dict(init_value=0.1, transition_steps=30, decay_rate=0.5)
    warm = dict(init_value=0.0, peak_value=0.1, warmup_steps=20)
    yield "constant", o.constant_schedule, [dict(value=0.03)]
    yield "linear", o.linear_schedule, [line, dict(transition_begin=30, **line)]
    yield "polynomial", o.polynomial_schedule, [dict(power=2.0, **line), dict(power=0.5, transition_begin=25, **line)]
    yield "exponential_decay", o.exponential_decay, [decay, dict(staircase=True, **decay), dict(transition_begin=40, end_value=0.02, **decay)]
    yield "cosine_decay", o.cosine_decay_schedule, [dict(init_value=0.1, decay_steps=150), dict(init_value=0.1, decay_steps=180, alpha=0.1, exponent=2.0)]
    yield "piecewise_constant", pairs(o.piecewise_constant_schedule), [dict(init_value=0.1, **steps)]
    yield "piecewise_interpolate", pairs(o.piecewise_interpolate_schedule), [dict(interpolate_type=kind, init_value=0.1, **steps) for kind in ("linear", "cosine")]
    yield "linear_onecycle", o.linear_onecycle_schedule, [dict(transition_steps=200, peak_value=0.1), dict(transition_steps=150, peak_value=0.2, pct_start=0.25, pct_final=0.7, div_factor=10.0, final_div_factor=100.0)]
    yield "cosine_onecycle", o.cosine_onecycle_schedule, [dict(transition_steps=200, peak_value=0.1), dict(transition_steps=150, peak_value=0.2, pct_start=0.4, div_factor=10.0, final_div_factor=100.0)]
    yield "warmup_constant", o.warmup_constant_schedule, [warm]
    yield "warmup_cosine_decay", o.warmup_cosine_decay_schedule, [dict(decay_steps=160, **warm), dict(decay_steps=200, end_value=0.01, exponent=1.5, **warm)]
    yield "warmup_exponential_decay", o.warmup_exponential_decay_schedule, [dict(transition_steps=40, decay_rate=0.5, **warm), dict(transition_steps=25, decay_rate=0.7, staircase=True, end_value=0.02, **warm)]
    yield "sgdr", lambda rounds: o.sgdr_schedule(rounds), [dict(rounds=[dict(decay_steps=80, end_value=0.01, exponent=1.0, **warm), dict(decay_steps=110, end_value=0.0, exponent=1.0, **{**warm, "peak_value": 0.05})])]


def one_of(rule, member):
    """A scheduler of the same rule, by its name and hyper-parameters."""
    return getattr(torch.optim.lr_scheduler, member["name"])(rule, **member["hyperparameters"])


def member(name, **given):
    return dict(name=name, hyperparameters=given)


def lambda_lr(rule, function, **h):
    factors = {"inverse_sqrt": lambda epoch: min((epoch + 1) / h["warmup"], (h["warmup"] / (epoch + 1)) ** 0.5),
               "power": lambda epoch: ((epoch + 1 + h["offset"]) / (1 + h["offset"])) ** h["exponent"]}
    return torch.optim.lr_scheduler.LambdaLR(rule, factors[function])


def multiplicative_lr(rule, function, **h):
    """Either the same factor each time, or such that the rate falls with time."""
    factors = {"constant": lambda epoch: h["factor"],
               "inverse": lambda epoch: (epoch + h["offset"]) / (epoch + 1 + h["offset"])}
    return torch.optim.lr_scheduler.MultiplicativeLR(rule, factors[function])


class SwaAnnealed:
    """SWALR alone, or behind another scheduler as its documentation has it."""

    def __init__(self, rule, first=None, swa_start=-1, **given):
        self.first = one_of(rule, first) if first else None
        self.swa, self.swa_start, self.epoch = torch.optim.swa_utils.SWALR(rule, **given), swa_start, 0

    def step(self):
        (self.swa if self.epoch > self.swa_start else self.first).step()
        self.epoch += 1


def torch_schedules():
    s = torch.optim.lr_scheduler
    sequential = lambda rule, schedulers, milestones: s.SequentialLR(
        rule, [one_of(rule, m) for m in schedulers], milestones)
    chained = lambda rule, schedulers: s.ChainedScheduler([one_of(rule, m) for m in schedulers], rule)
    linear = member("LinearLR", start_factor=0.1, end_factor=1.0, total_iters=20)
    cosine = member("CosineAnnealingLR", T_max=180, eta_min=0.001)
    late, falling = member("ConstantLR", factor=0.25, total_iters=30), member("ExponentialLR", gamma=0.98)
    yield "StepLR", s.StepLR, [dict(step_size=30, gamma=0.5)]
    yield "MultiStepLR", s.MultiStepLR, [dict(milestones=[40, 90, 150], gamma=0.3)]
    yield "ConstantLR", s.ConstantLR, [dict(factor=0.25, total_iters=30)]
    yield "LinearLR", s.LinearLR, [dict(start_factor=0.1, end_factor=1.0, total_iters=60)]
    yield "ExponentialLR", s.ExponentialLR, [dict(gamma=0.98)]
    yield "PolynomialLR", s.PolynomialLR, [dict(total_iters=150, power=2.0)]
    yield "CosineAnnealingLR", s.CosineAnnealingLR, [dict(T_max=70, eta_min=0.001)]
    yield "CosineAnnealingWarmRestarts", s.CosineAnnealingWarmRestarts, [dict(T_0=20, T_mult=2, eta_min=0.0), dict(T_0=45, T_mult=1, eta_min=0.001)]
    yield "OneCycleLR", s.OneCycleLR, [dict(max_lr=0.1, total_steps=200, pct_start=0.3, anneal_strategy=strategy, cycle_momentum=True, base_momentum=0.85, max_momentum=0.95, div_factor=25.0, final_div_factor=10000.0, three_phase=phases) for strategy, phases in (("cos", False), ("linear", False), ("cos", True), ("linear", True))]
    yield "LambdaLR", lambda_lr, [dict(function="inverse_sqrt", warmup=10), dict(function="power", offset=4, exponent=-0.75)]
    yield "MultiplicativeLR", multiplicative_lr, [dict(function="constant", factor=0.97), dict(function="inverse", offset=9)]
    yield "SequentialLR", sequential, [dict(schedulers=[linear, cosine], milestones=[20]), dict(schedulers=[linear, falling, member("StepLR", step_size=20, gamma=0.5)], milestones=[20, 90])]
    yield "ChainedScheduler", chained, [dict(schedulers=[late, falling]), dict(schedulers=[linear, member("StepLR", step_size=50, gamma=0.5)])]
    yield "SWALR", SwaAnnealed, [dict(swa_lr=0.05, anneal_epochs=40, anneal_strategy="cos"), dict(swa_lr=0.001, anneal_epochs=70, anneal_strategy="linear"), dict(first=falling, swa_start=60, swa_lr=0.005, anneal_epochs=30, anneal_strategy="cos")]
    yield "CyclicLR", s.CyclicLR, [dict(base_lr=0.01, max_lr=0.1, step_size_up=20, step_size_down=35, mode=mode, gamma=0.99, cycle_momentum=True, base_momentum=0.8, max_momentum=0.9) for mode in ("triangular", "triangular2", "exp_range")]


def torch_rules():
    t = torch.optim
    adam = [dict(), dict(betas=(0.8, 0.99)), dict(betas=(0.0, 0.9), eps=1e-3), dict(weight_decay=0.1), dict(maximize=True)]
    yield "Adam", t.Adam, adam + [dict(amsgrad=True), dict(amsgrad=True, betas=(0.5, 0.9))]
    yield "AdamW", t.AdamW, adam + [dict(amsgrad=True)]
    yield "Adamax", t.Adamax, adam
    yield "NAdam", t.NAdam, adam + [dict(momentum_decay=0.1), dict(weight_decay=0.1, decoupled_weight_decay=True)]
    yield "RAdam", t.RAdam, adam + [dict(weight_decay=0.1, decoupled_weight_decay=True)]
    yield "Adadelta", t.Adadelta, [dict(), dict(rho=0.5, eps=1e-4), dict(weight_decay=0.1), dict(maximize=True)]
    yield "Adagrad", t.Adagrad, [dict(), dict(lr_decay=0.1), dict(initial_accumulator_value=1.0, eps=1e-3), dict(weight_decay=0.1), dict(maximize=True)]
    yield "RMSprop", t.RMSprop, [dict(), dict(alpha=0.9, eps=1e-4), dict(momentum=0.9), dict(centered=True, eps=1e-4), dict(centered=True, momentum=0.5, weight_decay=0.1, eps=1e-4), dict(maximize=True)]
    yield "Rprop", t.Rprop, [dict(), dict(etas=(0.3, 1.5)), dict(step_sizes=(1e-3, 0.1)), dict(maximize=True)]
    yield "ASGD", t.ASGD, [dict(), dict(lambd=0.01, alpha=0.5), dict(t0=20), dict(weight_decay=0.1, t0=50), dict(maximize=True)]
    yield "MADGRAD", lambda theta, foreach, **given: madgrad.MADGRAD(theta, **given), [dict(), dict(momentum=0.5, eps=1e-3), dict(weight_decay=0.1)]
    yield "SGD", t.SGD, [dict(), dict(momentum=0.9), dict(momentum=0.9, dampening=0.5), dict(momentum=0.9, nesterov=True), dict(momentum=0.5, weight_decay=0.1), dict(momentum=0.9, maximize=True)]


def lookahead_sgd(learning_rate=0.01, sync_period=5, slow_step_size=0.5):
    return optax.lookahead(optax.sgd(learning_rate), sync_period, slow_step_size)


def torch_plateaus():
    yield dict(factor=0.1, patience=10, threshold=1e-4, threshold_mode="rel", cooldown=0, min_lr=0, eps=0)
    yield dict(factor=0.5, patience=2, threshold=0.05, threshold_mode="abs", cooldown=4, min_lr=0, eps=0)
    yield dict(factor=0.7, patience=0, threshold=0.01, threshold_mode="rel", cooldown=3, min_lr=1e-3, eps=0)


def optax_value_rules():
    """Rules that are told the objective's value."""
    def plateau_sgd(learning_rate=0.01, factor=0.1, patience=10, rtol=1e-4, atol=0.0, cooldown=0, accumulation_size=1, min_scale=0.0):
        return optax.chain(optax.sgd(learning_rate), optax.contrib.reduce_on_plateau(factor, patience, rtol, atol, cooldown, accumulation_size, min_scale))
    def polyak_sgd(learning_rate=1.0, max_learning_rate=1.0, f_min=0.0, eps=0.0):
        return optax.polyak_sgd(max_learning_rate, learning_rate, f_min, eps)
    yield "plateau_sgd", plateau_sgd, [dict(), dict(factor=0.5, patience=3, cooldown=5), dict(factor=0.7, patience=2, accumulation_size=4, rtol=0.01, min_scale=0.1), dict(factor=0.5, patience=2, rtol=0.0, atol=0.05, cooldown=2)]
    def polyak_sgd_plus(learning_rate=1.0, max_learning_rate=1.0, f_min=0.0, eps=0.0):
        return optax.polyak_sgd(max_learning_rate, learning_rate, f_min, eps, variant="sps+")
    yield "polyak_sgd", polyak_sgd, [dict(), dict(max_learning_rate=0.01, f_min=0.5), dict(learning_rate=0.5, eps=0.1)]
    yield "polyak_sgd_plus", polyak_sgd_plus, [dict(f_min=1.2), dict(max_learning_rate=0.05, f_min=1.5, eps=0.1)]


def main(folder):
    for name, rule, sets in optax_value_rules():
        for k, given in enumerate(sets):
            seed = 50 + k
            h = with_defaults(rule, given)
            record(os.path.join(folder, "optax"), f"optax-{name}-{k}",
                   f"optax {optax.__version__}, JAX {jax.__version__}", "optax." + name, h, seed,
                   run_optax(lambda: rule(**h), seed, values=True),
                   values=[value_of(seed, step) for step in range(1, STEPS + 1)])
    for name, rule, sets in optax_rules():
        for k, given in enumerate(sets):
            seed = 10 + k
            h = with_defaults(rule, {"learning_rate": 0.01, **given})
            record(os.path.join(folder, "optax"), f"optax-{name}-{k}",
                   f"optax {optax.__version__}, JAX {jax.__version__}", "optax." + name, h, seed,
                   run_optax(lambda: rule(**h), seed))
    for name, sets in optax_wrapped():
        for k, h in enumerate(sets):
            if name == "masked":
                split = any(len(set(row)) > 1 for row in h["mask"])
                kept = [[bool(x) for x in row] for row in h["mask"]] if split else [bool(row[0]) for row in h["mask"]]
                wrap = lambda inner: optax.masked(inner, kept)
            else:
                split = False
                wrap = lambda inner: getattr(optax, name)(inner, fulfilled(h["condition"], h["n"]))
            record(os.path.join(folder, "optax"), f"optax-{name}-{k}",
                   f"optax {optax.__version__}, JAX {jax.__version__}", "optax." + name, {"learning_rate": 0.01, **h},
                   80 + k, run_optax(lambda: wrapped_sgd(0.01, h["inner"], h["amount"], wrap), 80 + k, split=split,
                             branches=name != "masked"))
    for k, spoiled in enumerate([[[1, 0], [50, 3], [51, 3], [51, 6], [120, 2]],
                                 [[step, step % 7] for step in (2, 3, 4, 5, 6, 99, 199)]]):
        h = with_defaults(guarded_adam, dict())
        record(os.path.join(folder, "optax"), f"optax-apply_if_finite-{k}",
               f"optax {optax.__version__}, JAX {jax.__version__}", "optax.guarded_adam", h, 120 + k,
               run_optax(lambda: guarded_adam(**h), 120 + k, branches=True, spoiled=spoiled), spoiled=spoiled)
    for name, *sets in optax_projections():
        for k, bounds in enumerate(sets):
            project = getattr(optax.projections, "projection_" + name)
            record(os.path.join(folder, "optax"), f"optax-projection_{name}-{k}",
                   f"optax {optax.__version__}, JAX {jax.__version__}", "optax.projected_sgd",
                   {"learning_rate": 0.05, "projection": name, "bounds": bounds}, 90 + k,
                   run_optax(lambda: optax.sgd(0.05), 90 + k, project=lambda t: project(t, *bounds),
                             branches=True))
    for k, step_size in enumerate([0.1, 0.001]):
        record(os.path.join(folder, "optax"), f"optax-incremental_update-{k}",
               f"optax {optax.__version__}, JAX {jax.__version__}", "optax.incremental_update",
               {"learning_rate": 0.01, "step_size": step_size}, 100 + k,
               run_optax(lambda: optax.sgd(0.01), 100 + k, step_size=step_size))
    for k, averaging in enumerate([dict(kind="swa", begin=0), dict(kind="swa", begin=120), dict(kind="ema", decay=0.9), dict(kind="ema", decay=0.999)]):
        make = lambda theta: torch.optim.SGD(theta, lr=0.01, foreach=False)
        record(os.path.join(folder, "pytorch"), f"pytorch-AveragedModel-{k}", f"PyTorch {torch.__version__}", "sgd",
               torch_values(make([torch.zeros(1)])), 110 + k, run_torch(make, 110 + k, averaging=averaging),
               averaging=averaging)
    for name, schedule, sets in optax_schedules():
        for k, given in enumerate(sets):
            h = with_defaults(schedule, given)
            record(os.path.join(folder, "optax"), f"optax-schedule-{name}-{k}",
                   f"optax {optax.__version__}, JAX {jax.__version__}", "optax.scheduled_sgd", {"schedule": name, **h},
                   30 + k, run_optax(lambda: optax.sgd(counted_in_double(schedule(**given))), 30 + k))
    for name, schedule, sets in torch_schedules():
        for k, given in enumerate(sets):
            make = lambda theta: torch.optim.SGD(theta, lr=0.01, momentum=0.9, foreach=False)
            record(os.path.join(folder, "pytorch"), f"pytorch-schedule-{name}-{k}", f"PyTorch {torch.__version__}",
                   "sgd", torch_values(make([torch.zeros(1)])), 40 + k,
                   run_torch(make, 40 + k, lambda rule: schedule(rule, **given)),
                   scheduler={"name": name, "hyperparameters": given})
    for k, given in enumerate([dict(), dict(sync_period=3, slow_step_size=0.8, learning_rate=0.05)]):
        h = with_defaults(lookahead_sgd, given)
        record(os.path.join(folder, "optax"), f"optax-lookahead_sgd-{k}",
               f"optax {optax.__version__}, JAX {jax.__version__}", "optax.lookahead_sgd", h, 60 + k,
               run_optax(lambda: lookahead_sgd(**h), 60 + k, paired=True))
    for k, given in enumerate(torch_plateaus()):
        seed = 70 + k
        make = lambda theta: torch.optim.SGD(theta, lr=0.01, foreach=False)
        told = [1e300] + [value_of(seed, step) for step in range(1, STEPS)]  # before the first step, none
        record(os.path.join(folder, "pytorch"), f"pytorch-schedule-ReduceLROnPlateau-{k}",
               f"PyTorch {torch.__version__}", "sgd", torch_values(make([torch.zeros(1)])), seed,
               run_torch(make, seed, lambda rule: torch.optim.lr_scheduler.ReduceLROnPlateau(rule, **given), told),
               scheduler={"name": "ReduceLROnPlateau", "hyperparameters": given}, values=told)
    for name, rule, sets in torch_rules():
        for k, given in enumerate(sets):
            seed = 20 + k
            make = lambda theta: rule(theta, foreach=False, **{"lr": 0.01, **given})
            optimizer = {"NAdam": "nadam_fixed"}.get(name, name.lower())
            h = torch_values(make([torch.zeros(1)]))
            record(os.path.join(folder, "pytorch"), f"pytorch-{name}-{k}", f"PyTorch {torch.__version__}", optimizer, h,
                   seed, run_torch(make, seed))


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)  # of numbers such as NAdam's product
    main(sys.argv[1])
