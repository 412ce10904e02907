// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/refuse.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

namespace gradus {

/// Where a drive stands: the point reached after `steps` steps.
struct Progress {
  std::int64_t steps = 0;
  double value = 0;          ///< in a game, the first player's
  double gradient_norm = 0;  ///< over all leaves, in a game of all players
  double seconds = 0;
  std::span<const double> values{};  ///< in a game, every player's, valid during a callback
};

/// What is called at every point of a drive: with its `Progress`; true stops it, as nothing returned does not.
class Callback {
 public:
  Callback() = default;
  explicit(false) Callback(std::nullptr_t) {}

  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, Callback>)
  explicit(false) Callback(F&& f) {
    using Kept = std::decay_t<F>;
    constexpr bool copied = std::copy_constructible<Kept>;
    static_assert(
        copied, "gradus: a callback is copied, and of this one the copy would be what sees the run; pass std::ref(it)");
    constexpr bool called = answers<Kept>();
    static_assert(called || !copied,
                  "gradus: a callback takes the point where the drive stands, a const gradus::Progress&, and returns a "
                  "bool, true to stop, or nothing");
    if constexpr (copied && called) {
      if constexpr (requires { f == nullptr; })
        if (f == nullptr) return;
      if constexpr (std::is_void_v<std::invoke_result_t<Kept&, const Progress&>>)
        call_ = [f = Kept(std::forward<F>(f))](const Progress& at) mutable { return std::invoke(f, at), false; };
      else call_ = std::forward<F>(f);
    }
  }

  explicit operator bool() const { return static_cast<bool>(call_); }
  bool operator()(const Progress& at) const { return call_(at); }

 private:
  template <class F>
  static constexpr bool answers() {
    if constexpr (!std::invocable<F&, const Progress&>) return false;
    else return std::is_void_v<std::invoke_result_t<F&, const Progress&>> || std::predicate<F&, const Progress&>;
  }

  std::function<bool(const Progress&)> call_{};
};

/// When a drive stops: at whichever comes first. A norm, a change or a time of 0 never stops it.
struct DriveOptions {
  std::int64_t steps = 1000;  ///< at most this many calls of a step; 0: none, the objective is only evaluated
  double gradient_norm = 0;   ///< once the gradient's Euclidean norm is below
  double change = 0;          ///< once the value changed by less in one step, from the second on: a first may be 0
  double seconds = 0;         ///< once this much time has passed
  Callback callback{};        ///< called at every point; true stops
};

/// Why a drive stopped.
enum class Stop { steps, gradient_norm, change, time, callback, non_finite };

constexpr const char* name_of(Stop stop) {
  switch (stop) {
    case Stop::steps: return "number of steps";
    case Stop::gradient_norm: return "gradient norm";
    case Stop::change: return "change";
    case Stop::time: return "time";
    case Stop::callback: return "callback";
    case Stop::non_finite: return "non-finite value or gradient";
  }
  return "";
}

namespace detail {

/// The options of a drive that has begun.
class Stops {
 public:
  explicit Stops(const DriveOptions& options) : options_(options) {
    if (options.steps < 0)
      refuse({"DriveOptions.steps is ", options.steps, ": give how many steps to take at most, 0 or more"});
    for (const auto& [name, x] :
         {std::pair{"gradient_norm", options.gradient_norm}, {"change", options.change}, {"seconds", options.seconds}})
      if (is_nan(x) || x < 0) refuse({"DriveOptions.", name, " is ", x, ": give 0 (never stops) or more"});
  }

  /// Why to stop at this point, if at all; `change` is the value's since the point before.
  std::optional<Stop> at(Progress here, double change) const {
    here.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    if (options_.callback && options_.callback(here)) return Stop::callback;
    if (here.gradient_norm < options_.gradient_norm) return Stop::gradient_norm;
    if (change < options_.change && here.steps > 1) return Stop::change;
    if (options_.seconds > 0 && here.seconds >= options_.seconds) return Stop::time;
    if (here.steps == options_.steps) return Stop::steps;
    return std::nullopt;
  }

 private:
  using Clock = std::chrono::steady_clock;

  const DriveOptions& options_;
  Clock::time_point start_ = Clock::now();
};

}  // namespace detail

}  // namespace gradus
