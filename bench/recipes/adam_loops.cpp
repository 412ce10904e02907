// SPDX-License-Identifier: MIT
// Adam and its relatives.
#include "loop.hpp"

namespace hand {

void adam(Run& run) {
  const Corrections by(0.9, 0.999, run.next());
  const float rate = 1e-3f * by.mean;
  each<2>(run, [=](float& p, float g, float& m, float& s) {
    m = 0.9f * m + 0.1f * g;
    s = 0.999f * s + 0.001f * g * g;
    p += rate * m / (std::sqrt(s) * by.root + 1e-8f);
  });
}

void adamw(Run& run) {
  const Corrections by(0.9, 0.999, run.next());
  const float rate = 1e-3f * by.mean;
  each<2>(run, [=](float& p, float g, float& m, float& s) {
    m = 0.9f * m + 0.1f * g;
    s = 0.999f * s + 0.001f * g * g;
    p += rate * m / (std::sqrt(s) * by.root + 1e-8f) - 1e-5f * p;
  });
}

void nadam(Run& run) {
  const double t = run.next();
  const auto factor = [](double step) { return 0.9 * (1 - 0.5 * std::pow(0.96, 0.004 * step)); };
  run.kept[0] = (t == 1 ? 1 : run.kept[0]) * factor(t);
  const auto direct = static_cast<float>(2e-3 * (1 - factor(t)) / (1 - run.kept[0]));
  const auto ahead = static_cast<float>(2e-3 * factor(t + 1) / (1 - run.kept[0] * factor(t + 1)));
  const auto root = static_cast<float>(1 / std::sqrt(filled(0.999, t)));
  each<2>(run, [=](float& p, float g, float& m, float& s) {
    m = 0.9f * m + 0.1f * g;
    s = 0.999f * s + 0.001f * g * g;
    p += (direct * g + ahead * m) / (std::sqrt(s) * root + 1e-8f);
  });
}

void radam(Run& run) {
  const double t = run.next(), known = filled(0.999, t), limit = 2 / 0.001 - 1;
  const double length = limit - 2 * t * (1 - known) / known;
  const auto rate = static_cast<float>(1e-3 / filled(0.9, t));
  const double r = (length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length);
  const bool divides = length > 5;
  const float rectified = divides ? rate * static_cast<float>(std::sqrt(r * known)) : 0;
  each<2>(run, [=](float& p, float g, float& m, float& s) {
    m = 0.9f * m + 0.1f * g;
    s = 0.999f * s + 0.001f * g * g;
    p += divides ? rectified * m / (std::sqrt(s) + 1e-8f) : rate * m;
  });
}

void adabelief(Run& run) {
  const Corrections by(0.9, 0.999, run.next());
  const float rate = 1e-3f * by.mean;
  each<2>(run, [=](float& p, float g, float& m, float& s) {
    m = 0.9f * m + 0.1f * g;
    s = 0.999f * s + 0.001f * (g - m) * (g - m) + 1e-16f;
    p += rate * m / (std::sqrt(s) * by.root + 1e-16f);
  });
}

void acprop(Run& run) {
  const double t = run.next();
  const auto root = static_cast<float>(t == 1 ? 0 : 1 / std::sqrt(filled(0.999, t - 1)));
  const float first = t == 1 ? 1 : 0;  // in the first step nothing is known yet
  each<2>(run, [=](float& p, float g, float& m, float& s) {
    p += 1e-3f * g / (std::sqrt(s) * root + first + 1e-16f);
    s = 0.999f * s + 0.001f * (g - m) * (g - m) + 1e-16f;
    m = 0.9f * m + 0.1f * g;
  });
}

void yogi(Run& run) {
  const Corrections by(0.9, 0.999, run.next());
  const float rate = 0.01f * by.mean;
  each<2>(run, [=](float& p, float g, float& m, float& s) {
    m = 0.9f * m + 0.1f * g;
    s -= 0.001f * sign(s - g * g) * g * g;
    p += rate * m / (std::sqrt(s) * by.root + 1e-3f);
  });
}

void qhadam(Run& run) {
  const Corrections by(0.995, 0.999, run.next());
  each<2>(run, [=](float& p, float g, float& m, float& s) {
    m = 0.995f * m + 0.005f * g;
    s = 0.999f * s + 0.001f * g * g;
    p += 1e-3f * (0.3f * g + 0.7f * by.mean * m) / (std::sqrt(s) * by.root + 1e-8f);
  });
}

void adopt(Run& run) {
  const double t = run.next();
  if (t == 1) return each<1>(run, [](float&, float g, float& s) { s = g * g; });
  const auto most = static_cast<float>(std::pow(t - 1, 0.25));
  each<2>(run, [=](float& p, float g, float& s, float& v) {
    const float root = std::sqrt(s);
    v = 0.9f * v + 0.1f * clamp(g / (root < 1e-6f ? 1e-6f : root), -most, most);
    s = 0.9999f * s + 0.0001f * g * g;
    p += 1e-3f * v;
  });
}

void adan(Run& run) {
  const double t = run.next();
  const Corrections by(0.98, 0.99, t);
  const float known = t == 1 ? 0 : 1;
  const auto ahead = static_cast<float>(0.92 / filled(0.92, t));
  each<4>(run, [=](float& p, float g, float& m, float& v, float& s, float& previous) {
    const float d = known * (g - previous), sum = g + 0.92f * d;
    m = 0.98f * m + 0.02f * g;
    v = 0.92f * v + 0.08f * d;
    s = 0.99f * s + 0.01f * sum * sum;
    previous = g;
    p += 1e-3f * (by.mean * m + ahead * v) / (std::sqrt(s) * by.root + 1e-8f);
  });
}

void ademamix(Run& run) {
  const Corrections by(0.9, 0.999, run.next());
  each<3>(run, [=](float& p, float g, float& fast, float& slow, float& s) {
    fast = 0.9f * fast + 0.1f * g;
    slow = 0.9999f * slow + 0.0001f * g;
    s = 0.999f * s + 0.001f * g * g;
    p += 1e-3f * (by.mean * fast + 5 * slow) / (std::sqrt(s) * by.root + 1e-8f);
  });
}

void optimistic_adam(Run& run) {
  const double t = run.next();
  const Corrections by(0.9, 0.999, t);
  const float known = t == 1 ? 0 : 1;
  each<3>(run, [=](float& p, float g, float& m, float& s, float& previous) {
    m = 0.9f * m + 0.1f * g;
    s = 0.999f * s + 0.001f * g * g;
    const float u = by.mean * m / (std::sqrt(s) * by.root + 1e-8f);
    p += 1e-3f * (u + known * (u - previous));
    previous = u;
  });
}

void schedule_free_adamw(Run& run) {
  const double t = run.next(), c = 1 / t;  // all steps weigh alike
  const auto root = static_cast<float>(1 / std::sqrt(filled(0.999, t)));
  const auto share = static_cast<float>(c), gain = static_cast<float>(1 - 0.9 * (1 - c));
  each<2>(run, [=](float& p, float g, float& s, float& base) {
    s = 0.999f * s + 0.001f * g * g;
    const float u = 2.5e-3f * g / (std::sqrt(s) * root + 1e-8f);
    p += share * (base - p) + gain * u;
    base += u;
  });
}

}  // namespace hand
