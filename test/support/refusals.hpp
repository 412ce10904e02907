// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace support {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Checks that an optimizer of this policy is refused with a message that contains `part`.
template <class P>
void refuses(const P& policy, const std::string& part) {
  CHECK_THROWS_WITH_AS(gradus::Optimizer<P>{policy}, doctest::Contains(part.c_str()), gradus::Refused);
}

/// Checks that a hyper-parameter accepts some values and refuses others, even when changed between steps, in which case
/// nothing else changes.
template <class P, class Value>
void ranges(Value P::* member, const std::string& name, const std::vector<Value>& taken,
            const std::vector<Value>& refused) {
  for (const Value value : taken) {
    P policy;
    policy.*member = value;
    CHECK_NOTHROW(gradus::Optimizer<P>{policy});
  }
  for (const Value value : refused) {
    P policy;
    policy.*member = value;
    refuses(policy, name + " is " + gradus::detail::text(value) + ": give a");

    gradus::Optimizer<P> optimizer;
    std::vector<double> theta{1, 2};
    auto state = optimizer.init(theta);
    optimizer.ascend(theta, std::vector<double>{3, 4}, state);
    const auto theta_before = theta;
    const auto state_before = state;
    optimizer.template get<P>().*member = value;
    CHECK_THROWS_WITH(optimizer.ascend(theta, std::vector<double>{3, 4}, state), doctest::Contains(name.c_str()));
    CHECK(theta == theta_before);
    CHECK((state == state_before));
  }
}

/// Checks that a step without a gradient for some leaf is refused and changes nothing.
template <class Optimizer>
void needs_every_leaf(const Optimizer& optimizer) {
  std::vector<std::vector<double>> theta{{1}, {2}};
  const std::vector<std::optional<std::vector<double>>> some{std::vector<double>{1}, {}};
  auto state = optimizer.init(theta);
  const auto theta_before = theta;
  const auto state_before = state;
  CHECK_THROWS_WITH_AS(optimizer.ascend(theta, some, state), doctest::Contains("[1] has no gradient"), gradus::Refused);
  CHECK(theta == theta_before);
  CHECK((state == state_before));
}

}  // namespace support
