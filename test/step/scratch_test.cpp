// SPDX-License-Identifier: MIT
#include <gradus/step/scratch.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <type_traits>
#include <utility>

using gradus::detail::Scratch;

static_assert(std::is_nothrow_move_constructible_v<Scratch> && std::is_nothrow_move_assignable_v<Scratch>);

namespace {

struct SeenScratch {
  int finished = 0, ended = 0;
};

/// Steps that keep running until finish() is called.
class Steps final : public gradus::detail::Running {
 public:
  explicit Steps(SeenScratch& seen) : seen_(seen) {}
  ~Steps() override { ++seen_.ended; }
  const void* kind() const override { return this; }
  void finish() noexcept override { ++seen_.finished; }
  void wait() override { finish(); }

 private:
  SeenScratch& seen_;
};

Scratch used(SeenScratch& seen) {
  Scratch scratch;
  scratch.leaves.resize(3), scratch.by_address.resize(3), scratch.gradients.resize(5), scratch.sums.assign(2, 1.5);
  scratch.running = std::make_unique<Steps>(seen);
  return scratch;
}

void has_room(const Scratch& copy) {
  CHECK(copy.leaves.empty());
  CHECK(copy.leaves.capacity() >= 3);
  CHECK(copy.by_address.empty());
  CHECK(copy.by_address.capacity() >= 3);
  CHECK(copy.gradients.empty());
  CHECK(copy.gradients.capacity() >= 5);
  CHECK(copy.sums.size() == 2);
  CHECK_FALSE(copy.running);
}

}  // namespace

TEST_SUITE_BEGIN("scratch");

TEST_CASE("a copy waits for running steps, leaves them to their owner, and gets only the scratch memory") {
  SeenScratch seen;
  const Scratch scratch = used(seen);
  const int before = seen.finished;
  const Scratch copy = scratch;
  CHECK(seen.finished == before + 1);
  CHECK(seen.ended == 0);
  CHECK(scratch.running);
  CHECK(scratch.leaves.size() == 3);
  has_room(copy);
}

TEST_CASE("copy assignment waits for both sides, and ends the target's own steps") {
  SeenScratch mine, others;
  Scratch scratch = used(mine);
  const Scratch other = used(others);
  const int mine_before = mine.finished, others_before = others.finished;
  scratch = other;
  CHECK(mine.finished == mine_before + 1);
  CHECK(mine.ended == 1);
  CHECK(others.finished == others_before + 1);
  CHECK(others.ended == 0);
  CHECK_FALSE(scratch.running);
}

TEST_CASE("move assignment waits for both sides, and the steps keep running in the target") {
  SeenScratch mine, others;
  Scratch scratch = used(mine), other = used(others);
  const auto* const running = other.running.get();
  const int mine_before = mine.finished, others_before = others.finished;
  scratch = std::move(other);
  CHECK(mine.finished == mine_before + 1);
  CHECK(mine.ended == 1);
  CHECK(others.finished == others_before + 1);
  CHECK(others.ended == 0);
  CHECK(scratch.running.get() == running);
  CHECK(scratch.leaves.size() == 3);
  CHECK(scratch.sums == std::vector<double>{1.5, 1.5});
}

TEST_CASE("the destructor finishes running steps before ending them") {
  SeenScratch seen;
  {
    const Scratch scratch = used(seen);
  }
  CHECK(seen.finished >= 1);
  CHECK(seen.ended == 1);
  CHECK_NOTHROW(Scratch{}.finish());
}

TEST_SUITE_END();
