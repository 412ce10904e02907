// SPDX-License-Identifier: MIT
// Rules with numbers that depend on all elements. A sum in double takes the compiler's order.
#include "loop.hpp"

#include <algorithm>

namespace hand {

void novograd(Run& run) {
  const double n = sums<0>(run, [](float, float g) { return Sums{square(g)}; }).first;
  run.kept[0] = run.next() == 1 ? n : 0.25 * run.kept[0] + 0.75 * n;
  const auto scale = static_cast<float>(1 / (std::sqrt(run.kept[0]) + 1e-6));
  each<1>(run, [=](float& p, float g, float& v) {
    v = 0.9f * v + scale * g;
    p += 0.01f * v;
  });
}

void lars(Run& run) {
  const Sums norm = sums<0>(run, [](float p, float g) { return Sums{square(p), square(g)}; });
  const double trust = norm.first > 0 && norm.second > 0 ? 0.001 * std::sqrt(norm.first / norm.second) : 1;
  const auto rate = static_cast<float>(0.1 * trust);
  each<1>(run, [=](float& p, float g, float& v) {
    v = 0.9f * v + rate * g;
    p += v;
  });
}

void dog(Run& run) {
  auto& [distance, total] = run.kept;
  if (run.next() == 1)
    distance = 1e-6 * (1 + std::sqrt(sums<0>(run, [](float p, float) { return Sums{square(p)}; }).first));
  const Sums sum = sums<1>(run, [](float p, float g, float start) { return Sums{square(p - start), square(g)}; });
  distance = std::max(distance, std::sqrt(sum.first));
  total += sum.second;
  const auto rate = static_cast<float>(distance / std::sqrt(total + 1e-8));
  each<0>(run, [=](float& p, float g) { p += rate * g; });
}

void dowg(Run& run) {
  auto& [distance, total] = run.kept;
  if (run.next() == 1) distance = 1e-4;
  const Sums sum = sums<1>(run, [](float p, float g, float start) { return Sums{square(p - start), square(g)}; });
  distance = std::max(distance, sum.first);
  total += distance * sum.second;
  const auto rate = static_cast<float>(distance / (std::sqrt(total) + 1e-4));
  each<0>(run, [=](float& p, float g) { p += rate * g; });
}

void dadapt_adamw(Run& run) {
  auto& [d, n] = run.kept;
  const double t = run.next(), b = std::sqrt(0.999);
  if (t == 1) d = 1e-6;
  const double k = d * std::sqrt(filled(0.999, t)) / filled(0.9, t);
  const auto gain1 = static_cast<float>(0.1 * k), keep = static_cast<float>(b), gain = static_cast<float>((1 - b) * k);
  const Sums sum = sums<3>(run, [=](float& p, float g, float& m, float& v, float& s) {
    const float ahead = s / (std::sqrt(v) + 1e-8f);
    m = 0.9f * m + gain1 * g;
    v = 0.999f * v + 0.001f * g * g;
    s = keep * s + gain * g;
    p += m / (std::sqrt(v) + 1e-8f);
    return Sums{static_cast<double>(g) * ahead, std::abs(s)};
  });
  n = b * n + (1 - b) * k * sum.first;
  if (sum.second > 0) d = std::max(d, n / ((1 - b) * sum.second));
}

void prodigy(Run& run) {
  auto& [d, n] = run.kept;
  const double t = run.next(), b = std::sqrt(0.999);
  if (t == 1) d = 1e-6;
  const double k = d * std::sqrt(filled(0.999, t)) / filled(0.9, t);
  const auto gain1 = static_cast<float>(0.1 * d), gain2 = static_cast<float>(0.001 * d * d);
  const auto keep = static_cast<float>(b), gain = static_cast<float>(d / 1e-6 * k);
  const auto rate = static_cast<float>(k), epsilon = static_cast<float>(1e-8 * d);
  const Sums sum = sums<4>(run, [=](float& p, float g, float& m, float& v, float& s, float start) {
    const float gone = p - start;
    m = 0.9f * m + gain1 * g;
    v = 0.999f * v + gain2 * g * g;
    s = keep * s + gain * g;
    p += rate * m / (std::sqrt(v) + epsilon);
    return Sums{static_cast<double>(g) * gone, std::abs(s)};
  });
  n = b * n + d / 1e-6 * k * sum.first;
  if (sum.second > 0) d = std::max(d, n / sum.second);
}

void barzilai_borwein(Run& run) {
  const Sums sum = sums<2>(run, [](float p, float g, float position, float gradient) {
    const float gone = p - position, change = g - gradient;
    return Sums{square(gone), static_cast<double>(gone) * change};
  });
  const double fit = sum.first / std::abs(sum.second);
  if (run.next() == 1) run.kept[0] = 1e-3;
  else if (fit > 0 && std::isfinite(fit)) run.kept[0] = fit;
  const auto rate = static_cast<float>(run.kept[0]);
  each<2>(run, [=](float& p, float g, float& position, float& gradient) {
    position = p, gradient = g;
    p += rate * g;
  });
}

void polyak_step(Run& run) {
  const double n = sums<0>(run, [](float, float g) { return Sums{square(g)}; }).first;
  const auto rate = static_cast<float>(n > 0 ? std::min(-value / n, 1.0) : 0);
  each<0>(run, [=](float& p, float g) { p += rate * g; });
}

}  // namespace hand
