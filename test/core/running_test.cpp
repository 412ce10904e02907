// SPDX-License-Identifier: MIT
#include <gradus/core/running.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <type_traits>

using gradus::detail::Running;

static_assert(std::is_abstract_v<Running> && std::has_virtual_destructor_v<Running>);
static_assert(!std::is_copy_constructible_v<Running> && !std::is_copy_assignable_v<Running>);
static_assert(noexcept(std::declval<Running&>().finish()) && !noexcept(std::declval<Running&>().wait()));

namespace {

template <int Kind>
class RunningSteps final : public Running {
 public:
  explicit RunningSteps(int& ended) : ended_(ended) {}
  ~RunningSteps() override { ++ended_; }

  static constexpr char own_kind = 0;
  const void* kind() const override { return &own_kind; }
  void finish() noexcept override { done_ = true; }
  void wait() override {
    if (!done_) throw std::runtime_error("not done");
  }

 private:
  int& ended_;
  bool done_ = false;
};

}  // namespace

TEST_CASE("running: steps of unknown type can be told apart by kind, waited for and ended") {
  int ended = 0;
  std::unique_ptr<Running> one = std::make_unique<RunningSteps<1>>(ended),
                           same = std::make_unique<RunningSteps<1>>(ended),
                           other = std::make_unique<RunningSteps<2>>(ended);
  CHECK(one->kind() == same->kind());
  CHECK(one->kind() != other->kind());
  CHECK_THROWS_AS(one->wait(), std::runtime_error);
  one->finish();
  CHECK_NOTHROW(one->wait());
  one.reset();
  CHECK(ended == 1);
}
