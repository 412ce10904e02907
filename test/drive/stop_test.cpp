// SPDX-License-Identifier: MIT
#include <gradus/drive/stop.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <string>

using namespace gradus;

TEST_CASE("a drive stops for the first reason that holds") {
  const Progress here{.steps = 5, .value = 2, .gradient_norm = 0.5};
  const auto reason = [&](const DriveOptions& options) { return detail::Stops(options).at(here, 0.25); };
  CHECK(reason({}) == std::nullopt);
  CHECK(reason({.steps = 5}) == Stop::steps);
  CHECK(reason({.steps = 6}) == std::nullopt);
  CHECK(reason({.gradient_norm = 0.6}) == Stop::gradient_norm);
  CHECK(reason({.gradient_norm = 0.5}) == std::nullopt);
  CHECK(reason({.change = 0.3}) == Stop::change);
  CHECK(reason({.change = 0.25}) == std::nullopt);
  CHECK(reason({.seconds = 1e-300}) == Stop::time);
  CHECK(reason({.seconds = 1e300}) == std::nullopt);
  CHECK(reason({.steps = 5, .gradient_norm = 1, .change = 1, .callback = [](const Progress&) { return true; }}) ==
        Stop::callback);
  CHECK(reason({.steps = 5, .gradient_norm = 1, .change = 1}) == Stop::gradient_norm);
}

TEST_CASE("a callback sees the point and the time elapsed") {
  Progress seen;
  const DriveOptions options{.callback = [&](const Progress& at) { return seen = at, false; }};
  CHECK(detail::Stops(options).at({.steps = 7, .value = -1, .gradient_norm = 3}, 0) == std::nullopt);
  CHECK(seen.steps == 7);
  CHECK(seen.value == -1);
  CHECK(seen.gradient_norm == 3);
  CHECK(seen.seconds >= 0);
}

TEST_CASE("a callback that returns nothing never stops, and one may be passed by reference") {
  int called = 0;
  const DriveOptions options{.callback = [&](const Progress&) { ++called; }};
  CHECK(detail::Stops(options).at({.steps = 7}, 0) == std::nullopt);
  CHECK(called == 1);
  auto counts = [calls = 0](const Progress&) mutable { return ++calls == 2; };
  const DriveOptions second{.callback = std::ref(counts)};
  CHECK(detail::Stops(second).at({.steps = 1}, 0) == std::nullopt);
  CHECK(counts({}));
  CHECK_FALSE(static_cast<bool>(DriveOptions{}.callback));
  CHECK_FALSE(static_cast<bool>(DriveOptions{.callback = nullptr}.callback));
  CHECK_FALSE(static_cast<bool>(DriveOptions{.callback = std::function<void(const Progress&)>{}}.callback));
}

TEST_CASE("the change of a first step does not count") {
  const DriveOptions options{.change = 1e-3};
  CHECK(detail::Stops(options).at({.steps = 1}, 0) == std::nullopt);
  CHECK(detail::Stops(options).at({.steps = 2}, 0) == Stop::change);
}

TEST_CASE("every reason has its own name") {
  std::set<std::string> names;
  for (const Stop stop : {Stop::steps, Stop::gradient_norm, Stop::change, Stop::time, Stop::callback, Stop::non_finite})
    names.insert(name_of(stop));
  CHECK(names.size() == 6);
}

TEST_CASE("without options a drive takes a thousand steps") {
  const DriveOptions usual;
  CHECK(usual.steps == 1000);
  CHECK(usual.seconds == 0);
}
