// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/drive/stop.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace gradus {

/// What can be said of a run.
enum class Symptom { none, converged, vanishing, stalled, oscillating, exploding };

constexpr const char* name_of(Symptom symptom) {
  switch (symptom) {
    case Symptom::none: return "on its way";
    case Symptom::converged: return "converged";
    case Symptom::vanishing: return "vanishing";
    case Symptom::stalled: return "stalled";
    case Symptom::oscillating: return "oscillating";
    case Symptom::exploding: return "exploding";
  }
  return "";
}

/// A symptom, the step since which it shows, the numbers behind it, and what to change.
struct Diagnosis {
  Symptom symptom = Symptom::none;
  std::int64_t step = 0;
  std::string numbers, remedy;

  /// One line; `<<` writes the same.
  std::string str() const {
    if (symptom == Symptom::none) return name_of(symptom);
    return name_of(symptom) + (" at step " + std::to_string(step)) + ": " + numbers + "; " + remedy;
  }
  friend std::ostream& operator<<(std::ostream& out, const Diagnosis& diagnosis) { return out << diagnosis.str(); }
};

/// What a `Diagnose` needs to know.
struct DiagnoseOptions {
  bool climbs = true;                            ///< whether the value should grow, as in `maximize`
  std::size_t window = 40;                       ///< points to judge by, at least 8
  std::function<void(const Diagnosis&)> tell{};  ///< called when the symptom changes
};

/// Watches the objective and the gradient's norm of a run, and says what ails it:
///
///     gradus::Diagnose watch;
///     gradus::maximize(likelihood, theta, optimizer, {.callback = std::ref(watch)});
///     std::cout << watch.diagnosis();
///
/// or, in your own loop, `watch.see({step, value, norm})`. The symptoms:
///
/// - exploding    a value or norm that is not finite; a norm 1000 times that of the first points with a value no better
///                than the first, or 1000 times that of the last points with a value no better than the one before;
///                a norm a million times that of the first points, however good the value: it may have no optimum;
/// - converged    norms below 1e-6 of the largest, with a value better than the first;
/// - vanishing    such norms with a value no better than the first, or norms below 1e-6 of a value that never moved;
/// - stalled      a value that moves by less than 1e-6 of what it gained or 1e-9 of itself, and a norm that does not
///                fall by half;
/// - oscillating  a value that turns 4 times or more, at least half as far late as early, whose mean moves by less
///                than a third of its deviation.
///
/// All but the first are judged by the last `window` points. For a noisy objective widen it. A symptom is gone once it
/// has not shown for half a window.
///
/// Cost    at every point, work in proportion to the window.
/// Errors  `Refused` for a window below 8.
class Diagnose {
 public:
  explicit Diagnose(DiagnoseOptions options = {}) : options_(std::move(options)) {
    if (options_.window < 8)
      refuse({"DiagnoseOptions.window is ", options_.window, ": give 8 points or more to judge by"});
  }

  // A copy given as a callback would see the run instead.
  Diagnose(const Diagnose&) = delete;
  Diagnose(Diagnose&&) = default;
  Diagnose& operator=(Diagnose&&) = default;

  /// Takes in a point.
  void see(const Progress& at) {
    Diagnosis now =
        is_finite(at.value) && is_finite(at.gradient_norm) ? judge(at.value, at.gradient_norm) : not_finite(at);
    clear_ = now.symptom == Symptom::none ? clear_ + 1 : 0;
    if (clear_ != 0 && clear_ < options_.window / 2) return;
    const bool another = now.symptom != diagnosis_.symptom;
    now.step = another ? at.steps : diagnosis_.step;
    diagnosis_ = std::move(now);
    if (another && options_.tell) options_.tell(diagnosis_);
  }

  /// The same, as a callback that never stops its drive.
  bool operator()(const Progress& at) { return see(at), false; }

  /// What the last points show, with the numbers of the last one that showed it.
  const Diagnosis& diagnosis() const { return diagnosis_; }

 private:
  struct Point {
    double value, norm;
  };
  // The values of some points.
  struct Range {
    double low, high, mean, deviation;
    double size() const { return high - low; }
  };

  static constexpr double many = 1000, little = 1e-6;

  static Diagnosis not_finite(const Progress& at) {
    return {Symptom::exploding, 0,
            "the value is " + brief(at.value) + ", the gradient's norm " + brief(at.gradient_norm), calm};
  }

  Diagnosis judge(double value, double norm) {
    const bool first = points_.empty();
    if (first) first_ = value;
    const bool worse = !first && gain(points_.back().value, value) <= 0;
    if (points_.size() == options_.window) points_.erase(points_.begin());
    points_.push_back({value, norm});
    const double before = usual_norm(), reference = reference_;
    if (points_.size() <= options_.window / 4) reference_ = std::max(reference_, norm);
    largest_ = std::max(largest_, norm);

    if (reference > 0 && norm > many * reference && gain(first_, value) <= 0) return explodes(norm, reference);
    if (worse && before > 0 && norm > many * before && norm > reference) return explodes(norm, before);
    if (reference > 0 && norm > many * many * reference) {
      Diagnosis endless = explodes(norm, reference);
      endless.remedy = "see whether the objective has an optimum in this direction, or its sign is wrong";
      return endless;
    }
    return points_.size() == options_.window ? judge_window() : Diagnosis{};
  }

  static Diagnosis explodes(double norm, double before) {
    return {Symptom::exploding, 0, "the gradient's norm is " + brief(norm) + ", and was " + brief(before), calm};
  }

  Diagnosis judge_window() const {
    const auto [value, norm] = points_.back();
    const std::size_t size = points_.size(), half = size / 2;
    const Range all = range(0, size), early = range(0, half), late = range(half, size);
    const double gained = gain(first_, value), last_norms = largest_norm(size - size / 4);
    const std::string gradient = "the gradient's norm is " + brief(norm) + " of once " + brief(largest_);

    if (last_norms <= little * largest_ && gained > 0)
      return {Symptom::converged, 0, gradient + ", the value " + brief(value), "more steps change no more than that"};
    if (last_norms <= little * (all.size() == 0 && gained == 0 ? std::max(largest_, std::abs(value)) : largest_))
      return {Symptom::vanishing, 0, gradient + ", and the value gained " + brief(gained) + " since the first point",
              "unless it began at the top, start elsewhere, scale what goes in, or compare with check_gradient"};
    if (all.size() <= std::max(little * gained, 1e-9 * std::abs(value)) && 2 * norm >= points_.front().norm)
      return {Symptom::stalled, 0,
              gradient + ", and the value moved by " + brief(all.size()) + " in " + detail::text(size) + " points",
              "raise the rate, see whether a schedule has ended or a clip or a constraint holds it, or keep the "
              "parameters as double"};
    if (turns() >= 4 && 2 * late.size() >= early.size() && 3 * std::abs(late.mean - early.mean) <= all.deviation)
      return {Symptom::oscillating, 0,
              "in " + detail::text(size) + " points the value turned " + detail::text(turns()) + " times between " +
                  brief(all.low) + " and " + brief(all.high),
              "lower the rate or the momentum, average the parameters, or in a game begin with Optimistic"};
    return {};
  }

  static constexpr const char* calm = "lower the rate, begin with a warmup, or put ClipNorm first";

  static std::string brief(double x) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.3g", x);
    return digits;
  }

  double gain(double from, double to) const { return options_.climbs ? to - from : from - to; }

  // The median of the norms that are not 0; 0 if all are.
  double usual_norm() {
    norms_.clear();
    for (const Point& point : points_)
      if (point.norm > 0) norms_.push_back(point.norm);
    if (norms_.empty()) return 0;
    const auto middle = norms_.begin() + static_cast<std::ptrdiff_t>(norms_.size() / 2);
    std::nth_element(norms_.begin(), middle, norms_.end());
    return *middle;
  }

  double largest_norm(std::size_t from) const {
    double largest = 0;
    for (std::size_t i = from; i < points_.size(); ++i) largest = std::max(largest, points_[i].norm);
    return largest;
  }

  Range range(std::size_t from, std::size_t to) const {
    Range range{points_[from].value, points_[from].value, 0, 0};
    const auto count = static_cast<double>(to - from);
    for (std::size_t i = from; i < to; ++i) {
      range.low = std::min(range.low, points_[i].value), range.high = std::max(range.high, points_[i].value);
      range.mean += points_[i].value / count;
    }
    for (std::size_t i = from; i < to; ++i) range.deviation += std::pow(points_[i].value - range.mean, 2) / count;
    range.deviation = std::sqrt(range.deviation);
    return range;
  }

  // How often the value changed direction.
  std::size_t turns() const {
    std::size_t count = 0;
    double before = 0;
    for (std::size_t i = 1; i < points_.size(); ++i) {
      const double change = points_[i].value - points_[i - 1].value;
      if (change == 0) continue;
      count += before * change < 0, before = change > 0 ? 1 : -1;
    }
    return count;
  }

  DiagnoseOptions options_;
  std::vector<Point> points_{};  // the last ones
  std::vector<double> norms_{};
  double first_ = 0;       // the first value
  double reference_ = 0;   // the largest norm of the first points
  double largest_ = 0;     // the largest norm of all
  std::size_t clear_ = 0;  // how many points showed nothing, up to the last
  Diagnosis diagnosis_{};
};

}  // namespace gradus
