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
#include <limits>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace gradus {

/// What may be said of a run.
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

/// A symptom, since which step it shows, by what numbers, and what to change.
struct Diagnosis {
  Symptom symptom = Symptom::none;
  std::int64_t step = 0;
  std::string numbers, remedy;

  std::string str() const {
    if (symptom == Symptom::none) return name_of(symptom);
    return name_of(symptom) + (" at step " + std::to_string(step)) + ": " + numbers + "; " + remedy;
  }
  friend std::ostream& operator<<(std::ostream& out, const Diagnosis& diagnosis) { return out << diagnosis.str(); }
};

/// What a `Diagnose` needs to know.
struct DiagnoseOptions {
  bool climbs = true;                            ///< whether the value is to grow, as in `maximize`
  std::size_t window = 40;                       ///< the points that it judges by, at least 8
  std::function<void(const Diagnosis&)> tell{};  ///< called where another symptom shows
};

/// Watches the objective and the gradient's norm of a run, and says what ails it:
///
///     gradus::Diagnose watch;
///     gradus::maximize(likelihood, theta, optimizer, {.callback = std::ref(watch)});
///     std::cout << watch.diagnosis();
///
/// or, in a loop of one's own, `watch.see({step, value, norm})`. Of the last `window` points it calls
///
/// - exploding    a value or norm that is not finite, or a norm 1000 times that of the first points or of the last;
/// - converged    a norm below 1e-6 of the largest, with a value better than the first;
/// - vanishing    such a norm, or one that never was more than 1e-6 of the value, where nothing was gained;
/// - oscillating  a value that turns 4 times and more, as far in the second half as in the first, and does not get
/// ahead;
/// - stalled      a value that moves by less than 1e-6 of itself, and a norm that does not fall to its half.
///
/// Cost    at every point, work in proportion to the window.
/// Errors  `Refused` for a window below 8.
class Diagnose {
 public:
  explicit Diagnose(DiagnoseOptions options = {}) : options_(std::move(options)) {
    if (options_.window < 8)
      refuse("DiagnoseOptions.window is " + text(options_.window) + ": give 8 points or more to judge by");
  }

  /// Takes in a point.
  void see(const Progress& at) {
    if (points_.empty()) first_ = lowest_ = highest_ = at.value, reference_ = at.gradient_norm;
    const Point point{at.value, at.gradient_norm};
    if (points_.size() < options_.window) points_.push_back(point);
    else std::rotate(points_.begin(), points_.begin() + 1, points_.end()), points_.back() = point;
    largest_ = std::max(largest_, point.norm);
    lowest_ = std::min(lowest_, point.value), highest_ = std::max(highest_, point.value);

    Diagnosis now = judge();
    if (points_.size() <= options_.window / 4) reference_ = std::max(reference_, point.norm);
    const bool another = now.symptom != diagnosis_.symptom;
    now.step = another ? at.steps : diagnosis_.step;
    diagnosis_ = std::move(now);
    if (another && options_.tell) options_.tell(diagnosis_);
  }

  /// The same as a callback of a drive, which it never stops.
  bool operator()(const Progress& at) { return see(at), false; }

  /// What the last points show.
  const Diagnosis& diagnosis() const { return diagnosis_; }

 private:
  struct Point {
    double value, norm;
  };
  // The values of some points.
  struct Range {
    double low, high, mean;
    double size() const { return high - low; }
  };

  static constexpr double many = 1000, little = 1e-6;

  Diagnosis judge() const {
    const auto [value, norm] = points_.back();
    if (!is_finite(value) || !is_finite(norm))
      return {Symptom::exploding, 0, "the value is " + brief(value) + ", the gradient's norm " + brief(norm), calm};
    const double usual = std::max(middle_norm(), std::numeric_limits<double>::min());
    const double before = norm > many * usual ? usual : reference_;
    if (norm > many * before)
      return {Symptom::exploding, 0, "the gradient's norm is " + brief(norm) + ", and was " + brief(before), calm};
    if (points_.size() < options_.window) return {};

    const double gained = options_.climbs ? value - first_ : first_ - value, moved = highest_ - lowest_;
    const std::string gradient = "the gradient's norm is " + brief(norm);
    if (norm <= little * largest_ && gained > little * moved)
      return {Symptom::converged, 0, gradient + " of once " + brief(largest_) + ", the value " + brief(value),
              "more steps change no more than that"};
    if (norm <= little * std::max(largest_, std::abs(value)) && gained <= little * std::max(moved, std::abs(value)))
      return {Symptom::vanishing, 0, gradient + ", and the value gained " + brief(gained) + " since the first point",
              "start elsewhere, scale what goes in, or look with check_gradient whether it is the gradient"};

    const std::size_t half = points_.size() / 2;
    const Range all = range(0, points_.size()), early = range(0, half), late = range(half, points_.size());
    if (all.size() <= little * std::abs(value) && 2 * norm >= points_.front().norm)
      return {Symptom::stalled, 0,
              gradient + " of once " + brief(largest_) + ", and the value moved by " + brief(all.size()) + " in " +
                  text(points_.size()) + " points",
              push};
    if (turns() >= 4 && 2 * late.size() >= early.size() && 4 * std::abs(late.mean - early.mean) <= all.size())
      return {Symptom::oscillating, 0,
              "in " + text(points_.size()) + " points the value turned " + text(turns()) + " times between " +
                  brief(all.low) + " and " + brief(all.high),
              "lower the rate or the momentum, average the parameters, or in a game begin with Optimistic"};
    return {};
  }

  static constexpr const char* calm = "lower the rate, begin with a warmup, or put ClipNorm first";
  static constexpr const char* push =
      "raise the rate, or see whether a schedule has ended or a clip or a constraint holds it";

  static std::string brief(double x) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.3g", x);
    return digits;
  }

  double middle_norm() const {
    std::vector<double> norms;
    for (const Point& point : points_) norms.push_back(point.norm);
    const auto middle = norms.begin() + static_cast<std::ptrdiff_t>(norms.size() / 2);
    std::nth_element(norms.begin(), middle, norms.end());
    return *middle;
  }

  Range range(std::size_t from, std::size_t to) const {
    Range range{points_[from].value, points_[from].value, 0};
    for (std::size_t i = from; i < to; ++i) {
      range.low = std::min(range.low, points_[i].value), range.high = std::max(range.high, points_[i].value);
      range.mean += points_[i].value / static_cast<double>(to - from);
    }
    return range;
  }

  // How often the value changed its direction.
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
  std::vector<Point> points_{};
  double first_ = 0, lowest_ = 0, highest_ = 0, reference_ = 0, largest_ = 0;
  Diagnosis diagnosis_{};
};

}  // namespace gradus
