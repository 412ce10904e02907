// SPDX-License-Identifier: MIT
// Rules as optax has them, where that is not what the others have.
#include "loop.hpp"

#include <algorithm>

namespace hand::optax {

void adagrad(Run& run) {
  each<1>(run, [](float& p, float g, float& sum) {
    sum += g * g;
    p += 1e-3f * g / std::sqrt(sum + 1e-7f);
  });
}

void rmsprop(Run& run) {
  each<1>(run, [](float& p, float g, float& s) {
    s = 0.9f * s + 0.1f * g * g;
    p += 1e-3f * g / std::sqrt(s + 1e-8f);
  });
}

namespace {

// What NAdam's direction has of the gradient and of the average behind this step.
struct LookAhead {
  float direct, ahead;
  explicit LookAhead(double t)
      : direct(static_cast<float>(0.1 / filled(0.9, t))), ahead(static_cast<float>(0.9 / filled(0.9, t + 1))) {}
};

}  // namespace

void nadam(Run& run) {
  const double t = run.next();
  const Corrections by(0.9, 0.999, t);
  const LookAhead look(t);
  each<2>(run, [=](float& p, float g, float& m, float& s) {
    m = 0.9f * m + 0.1f * g;
    s = 0.999f * s + 0.001f * g * g;
    p += 1e-3f * (look.direct * g + look.ahead * m) / (std::sqrt(s) * by.root + 1e-8f);
  });
}

void amsgrad(Run& run) {
  const double t = run.next();
  const auto rate = static_cast<float>(1e-3 / filled(0.9, t)), whole = static_cast<float>(1 / filled(0.999, t));
  each<3>(run, [=](float& p, float g, float& m, float& s, float& largest) {
    m = 0.9f * m + 0.1f * g;
    s = 0.999f * s + 0.001f * g * g;
    largest = largest < s * whole ? s * whole : largest;
    p += rate * m / (std::sqrt(largest) + 1e-8f);
  });
}

void adamax(Run& run) {
  const auto rate = static_cast<float>(1e-3 / filled(0.9, run.next()));
  each<2>(run, [=](float& p, float g, float& m, float& largest) {
    m = 0.9f * m + 0.1f * g;
    const float now = std::abs(g) + 1e-8f, before = 0.999f * largest;
    largest = now < before ? before : now;
    p += rate * m / largest;
  });
}

void radam(Run& run) {
  const double t = run.next(), known = filled(0.999, t), limit = 2 / 0.001 - 1;
  const double length = limit - 2 * t * (1 - known) / known;
  const Corrections by(0.9, 0.999, t);
  const double r = (length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length);
  const bool divides = length >= 5;
  const float rate = 1e-3f * by.mean, rectified = divides ? rate * static_cast<float>(std::sqrt(r)) : 0;
  each<2>(run, [=](float& p, float g, float& m, float& s) {
    m = 0.9f * m + 0.1f * g;
    s = 0.999f * s + 0.001f * g * g;
    p += divides ? rectified * m / (std::sqrt(s) * by.root + 1e-8f) : rate * m;
  });
}

void adan(Run& run) {
  const double t = run.next();
  const float known = t == 1 ? 0 : 1, mean = static_cast<float>(1 / filled(0.98, t));
  const auto ahead = static_cast<float>(0.08 / filled(0.92, t)), whole = static_cast<float>(1 / filled(0.99, t));
  each<4>(run, [=](float& p, float g, float& m, float& v, float& s, float& previous) {
    const float d = known * (g - previous), sum = g + 0.08f * d;
    m = 0.98f * m + 0.02f * g;
    v = 0.92f * v + 0.08f * d;
    s = 0.99f * s + 0.01f * sum * sum;
    previous = g;
    p += 1e-3f * (mean * m + ahead * v) / (std::sqrt(s * whole + 1e-8f) + 1e-8f);
  });
}

void simplified_ademamix(Run& run) {
  const auto root = static_cast<float>(1 / std::sqrt(filled(0.95, run.next())));
  each<2>(run, [=](float& p, float g, float& v, float& s) {
    v = 0.99f * v + g;
    s = 0.95f * s + 0.05f * g * g;
    p += 1e-3f * v / (std::sqrt(s) * root + 1e-8f);
  });
}

void optimistic_adam(Run& run) {
  const double t = run.next();
  const Corrections by(0.9, 0.999, t);
  const LookAhead look(t);
  const float known = t == 1 ? 0 : 1;
  each<3>(run, [=](float& p, float g, float& m, float& s, float& previous) {
    m = 0.9f * m + 0.1f * g;
    s = 0.999f * s + 0.001f * g * g;
    const float u = (look.direct * g + look.ahead * m) / (std::sqrt(s) * by.root + 1e-8f);
    p += 1e-3f * (u + known * (u - previous));
    previous = u;
  });
}

void fromage(Run& run) {
  const Sums norm = sums<0>(run, [](float p, float g) { return Sums{square(p), square(g)}; });
  const double trust = std::max(std::sqrt(norm.first), 1e-6) / std::max(std::sqrt(norm.second), 1e-6);
  const double shorter = 1 / std::sqrt(1 + 1e-6);
  const auto rate = static_cast<float>(1e-3 * trust * shorter), decay = static_cast<float>(1 - shorter);
  each<0>(run, [=](float& p, float g) { p += rate * g - decay * p; });
}

}  // namespace hand::optax
