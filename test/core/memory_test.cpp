// SPDX-License-Identifier: MIT
#include <gradus/core/memory.hpp>

#include "support/fake_device.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <type_traits>
#include <utility>

using gradus::host_space;
using gradus::detail::Memory;
using support::device_space;
using support::space_calls;

static_assert(std::is_nothrow_move_constructible_v<Memory> && std::is_nothrow_move_assignable_v<Memory>);

namespace {

Memory filled(const gradus::Space& space, std::size_t bytes) {
  Memory memory(space, bytes);
  for (std::size_t i = 0; i < bytes; ++i) memory.data()[i] = static_cast<std::byte>(i + 1);
  return memory;
}

}  // namespace

TEST_SUITE_BEGIN("memory");

TEST_CASE("new memory is zeroed and belongs to the given space") {
  for (const gradus::Space* space : {&host_space, &device_space}) {
    const Memory memory(*space, 100);
    CHECK(memory.size() == 100);
    CHECK(&memory.space() == space);
    CHECK(memory.on_host() == (space == &host_space));
    CHECK(std::all_of(memory.data(), memory.data() + 100, [](std::byte byte) { return byte == std::byte{0}; }));
  }
}

TEST_CASE("copy assignment reuses memory of the same size and space, and replaces other memory") {
  const Memory first = filled(host_space, 70);
  Memory same(host_space, 70), other(host_space, 71), there(device_space, 70);
  const std::byte* const before = same.data();
  same = first, other = first, there = first;
  CHECK(same.data() == before);
  for (const Memory* copy : {&same, &other, &there}) CHECK((*copy == first && copy->on_host()));
  const Memory& again = same;
  same = again;
  CHECK(same == first);
}

TEST_CASE("a copy is a value in the same space") {
  for (const gradus::Space* space : {&host_space, &device_space}) {
    const Memory first = filled(*space, 70);
    Memory copy = first;
    CHECK(copy.data() != first.data());
    CHECK(&copy.space() == space);
    CHECK(copy == first);
    copy.data()[69] = std::byte{0};
    CHECK_FALSE(copy == first);
    CHECK(first.data()[69] == std::byte{70});
    copy = first;
    CHECK(copy == first);
  }
}

TEST_CASE("memory compares equal by bits, whatever the space") {
  CHECK(filled(host_space, 40) == filled(device_space, 40));
  CHECK(filled(device_space, 40) == filled(host_space, 40));
  CHECK_FALSE(filled(host_space, 40) == filled(device_space, 41));
  for (std::size_t i = 0; i < 40; ++i) {
    Memory other = filled(device_space, 40);
    other.data()[i] ^= std::byte{0x80};
    CHECK_FALSE(other == filled(host_space, 40));
    CHECK_FALSE(other == filled(device_space, 40));
  }
}

TEST_CASE("each allocation is released once, and empty memory allocates nothing") {
  space_calls = {};
  {
    Memory first(device_space, 10);
    Memory copy = first;
    CHECK(space_calls.allocated == 2);
    CHECK(space_calls.copied == 1);
    const auto* const where = first.data();
    Memory moved = std::move(first);
    CHECK(moved.data() == where);
    CHECK(space_calls.allocated == 2);
    copy = std::move(moved);
    CHECK(copy.data() == where);
    CHECK(space_calls.released == 1);  // the memory that the copy had before
    copy = Memory(device_space, 20);
    CHECK(space_calls.allocated == 3);
    CHECK(space_calls.released == 2);
    const Memory none(device_space, 0), copy_of_none = none;
    CHECK(none.data() == nullptr);
    CHECK(copy_of_none == Memory{});
    CHECK(space_calls.allocated == 3);
  }
  CHECK(space_calls.released == 3);
}

TEST_SUITE_END();
