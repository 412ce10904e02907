// SPDX-License-Identifier: MIT
#include <gradus/explain/explain.hpp>

#include "support/user_policies.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace gradus;

namespace {

bool says(const std::string& text, const std::string& line) { return text.find(line) != std::string::npos; }

// A user's policy that acts behind apply, with a slot.
struct Floor {
  double low = 0;
  static constexpr Slot slots[]{{"hits"}};
  static constexpr Name scalars[]{"low"};
  constexpr std::array<double, 1> at(const Step&) const { return {low}; }
  static constexpr void after(Record& r, Lane& hits, Lane low) {
    hits = hits + select(r.parameter < low, 1.0, hits.number(0));
    r.parameter = max(r.parameter, low);
  }
};

}  // namespace

TEST_CASE("the recurrence, the passes, the slots and the bytes") {
  const Optimizer<ClipNorm, Momentum, Nesterov, Adaptive, WeightDecay, LearningRate, Warmup> optimizer;
  const std::string text = explain(optimizer);
  CHECK(says(text, "ClipNorm            u <- u min(1, norm / (N + epsilon))\n                      g <- u\n"));
  CHECK(
      says(text,
           "Momentum            velocity <- factor velocity + (1 - dampening) u\n                      u <- velocity"));
  CHECK(says(text, "Nesterov            u <- g + factor velocity\n"));
  CHECK(says(text, "u <- u / (sqrt(second) + epsilon)\n"));
  CHECK(says(text, "WeightDecay         u <- u - decay p\n  LearningRate        u <- rate u\n"));
  CHECK(says(text, "Warmup              u <- min(1, t / steps) u, in the same factor\n"));
  CHECK(says(text, "apply               p <- p + u\n"));
  CHECK(says(text, "2 passes over memory, 1 of them read-only\n  2 slots: velocity, second\n"));
  CHECK(says(text, "32 bytes per element and step: 5 reads, 3 writes\n"));
  CHECK(says(explain<double>(optimizer), "64 bytes per element"));
}

TEST_CASE("given a memory bandwidth, explain adds the least time per element") {
  const Optimizer<CorrectedMomentum, CorrectedAdaptive, LearningRate> adam;  // 7 numbers moved per element
  CHECK(says(explain(adam, Bandwidth{14e9}), "at least 2 ns per element and step, from memory that moves 14 GB/s\n"));
  CHECK(says(explain<double>(adam, Bandwidth{14e9}), "at least 4 ns per element"));
}

TEST_CASE("a factor that is more than a single name is put in brackets") {
  CHECK(says(explain(Optimizer<InverseTime>{}), "u <- (1 / (1 + rate (t - 1))^power) u\n"));
}

TEST_CASE("a line may refer to the result of an earlier line") {
  CHECK(says(explain(Optimizer<AdaDelta>{}),
             "u <- sqrt(change + epsilon) / sqrt(second + epsilon) u\n"
             "                      change <- beta change + (1 - beta) u u\n"));
  CHECK(says(explain(Optimizer<user::Lion>{}), "average <- keep average + (1 - keep) g\n"));
}

TEST_CASE("weight decay in front of the moments changes the gradient, behind them the update alone") {
  CHECK(says(explain(Optimizer<WeightDecay, Momentum>{}),
             "WeightDecay         u <- u - decay p\n                      g <- u\n"));
  CHECK_FALSE(says(explain(Optimizer<Momentum, WeightDecay>{}), "g <- u\n"));
}

TEST_CASE("a user's policy behind apply, guards and observers are told of") {
  const std::string text = explain(Optimizer<SkipNonFinite, LearningRate, Floor, Log<>>{});
  CHECK(says(text, "SkipNonFinite       looks whether the incoming gradient is finite\n"));
  CHECK(says(text, "hits <- hits + (p < low ? 1 : 0)\n"));
  CHECK(says(text, "p <- max(p, low)\n"));
  CHECK(text.find("p <- p + u") < text.find("p <- max(p, low)"));
  CHECK(says(text, "Log"));
  const std::string kept = explain(Optimizer<user::ClipSpike, user::Share>{});
  CHECK(says(kept, "  0 slots\n  1 number per run: mean\n  1 number per leaf: sum\n"));
}

TEST_CASE("kept numbers are updated in front of the text, or behind it if the text emits sums") {
  CHECK(says(explain(Optimizer<DistanceOverGradients>{}),
             "r <- max(r, norm(p - p_0))\n                      G <- G + norm(u)^2\n                      u <- u"));
  const std::string prodigy = explain(recipe::prodigy());
  CHECK(prodigy.find("u <- k") < prodigy.find("n <- b n + "));
  CHECK(says(prodigy, "\n                      d <- max(d, coefficient n / total(abs(s)))\n"));
  CHECK(says(prodigy, "1 number per run: n\n  1 number per run: d\n"));
  const std::string mechanic = explain(Optimizer<LearningRate, Mechanic<2>>{});  // the same line for both scales
  CHECK(mechanic.find("v_k <- ") == mechanic.rfind("v_k <- "));
}

namespace {

/// Scalars whose names are sums and products written without spaces.
struct Tight {
  static constexpr Slot slots[]{{"m"}};
  static constexpr Name scalars[]{"1-c", "a*b"};
  constexpr std::array<double, 2> at(const Step&) const { return {0.5, 0.5}; }
  static constexpr void apply(Record& r, Lane& m, Lane keep, Lane take) { m = keep * m + take * r.update; }
};

/// Changes the gradient for those behind it, and the update apart from it.
struct HalvesGradient {
  static constexpr void apply(Record& r) { r.gradient = 0.5 * r.gradient, r.update = -r.update; }
};

}  // namespace

TEST_CASE("names that are formulas stand in brackets, with spaces or without") {
  CHECK(says(explain(Optimizer<Tight>{}), "m <- (1-c) m + (a*b) u\n"));
}

TEST_CASE("slots have the names that they have in the composition") {
  CHECK(says(explain(Optimizer<Momentum, AveragedMomentum>{}),
             "AveragedMomentum    velocity_2 <- factor velocity_2 + (1 - factor) u\n"));
}

TEST_CASE("a gradient that a text changes is told of") {
  CHECK(says(explain(Optimizer<HalvesGradient, Momentum>{}), "g <- 0.5 g\n"));
}

TEST_CASE("a long name stands above its lines") {
  CHECK(says(explain(Optimizer{when(From{9}, Momentum{}), LearningRate{}}),
             "\n  When<Momentum, From>\n                      velocity <- 0 < acts ? "));
}

TEST_CASE("explain_latex tells what a hyper-parameter follows, and sets norms as norms") {
  CHECK(says(explain_latex(Optimizer{follow<&LearningRate::rate>(Cosine{.steps = 9})}),
             "&& \\text{LearningRate, rate follows Cosine}"));
  CHECK(says(explain_latex(Optimizer{LearningRate{}, Sphere{}}), "\\left\\|p\\right\\|"));
}

TEST_CASE("explain_latex writes one line per assignment, aligned at the arrows") {
  CHECK(explain_latex(Optimizer<RefuseNonFinite, Adaptive, LearningRate>{}) ==
        "\\begin{aligned}\n"
        "  u &\\leftarrow g \\\\\n"
        "  \\mathrm{second} &\\leftarrow \\beta \\, \\mathrm{second} + \\left(1 - \\beta\\right) \\, g \\, g && "
        "\\text{Adaptive} \\\\\n"
        "  u &\\leftarrow \\frac{u}{\\sqrt{\\mathrm{second}} + \\varepsilon} \\\\\n"
        "  u &\\leftarrow \\mathrm{rate} \\, u && \\text{LearningRate} \\\\\n"
        "  p &\\leftarrow p + u && \\text{apply}\n"
        "\\end{aligned}\n");
}
