// SPDX-License-Identifier: MIT
#include <gradus/backend/lanes.hpp>

#include "support/guard_page.hpp"
#include "support/random.hpp"

#include <gradus/backend/serial.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

using namespace gradus;
using backend::Lanes;
using backend::Serial;

namespace {

/// Lanes with arbitrary contents, and the same after adding `size` more elements, one by one and in registers.
template <class Term, class T>
void compare(std::size_t size) {
  CAPTURE(size);
  const support::GuardedMemory memory(3 * detail::norm_lanes * sizeof(T));
  const auto x = memory.at_end<T>(size);  // nothing past the last element may be read
  const auto numbers = support::gradient<T>(size, size + 1);
  std::copy(numbers.begin(), numbers.end(), x.begin());
  const auto start = support::gradient<double>(detail::norm_lanes, 7);

  std::vector<double> serial = start, wide(detail::norm_lanes);
  Serial::add_lanes<Term>(x.data(), size, serial.data());
  Lanes(start.data()).add<Term>(x.data(), size).store(wide.data());
  CHECK(wide == serial);

  Serial::set_lanes<Term>(x.data(), size, serial.data());
  Lanes().add<Term>(x.data(), size).store(wide.data());
  CHECK(wide == serial);
  CHECK(Lanes(wide.data()).total() == Serial::total_of_lanes(serial.data()));
}

}  // namespace

TEST_SUITE_BEGIN("lanes");

TEST_CASE_TEMPLATE("adding in registers gives the bits of adding lane by lane, however many elements are left over", T,
                   float, double) {
  for (std::size_t size = 0; size <= 3 * detail::norm_lanes; ++size)
    compare<detail::Square, T>(size), compare<detail::Magnitude, T>(size);
}

TEST_CASE("the total adds the lanes by halves") {
  double lane[detail::norm_lanes]{};
  lane[0] = 1, lane[detail::norm_lanes / 2] = 0x1p-53, lane[1] = -1;  // these two are added first, losing the small one
  CHECK(Lanes(lane).total() == 0);
  lane[detail::norm_lanes / 2] = 0, lane[detail::norm_lanes / 2 + 1] = 0x1p-53;  // added to -1 it is not lost
  CHECK(Lanes(lane).total() == 0x1p-53);
}

TEST_SUITE_END();
