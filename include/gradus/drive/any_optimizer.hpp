// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/core/pack.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/repeat.hpp>
#include <gradus/drive/averages.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace gradus {

template <class... Given>
class Partition;

/// Any composition behind one type, for parameters `Theta` and gradients `G`: chosen when the program runs. A step is
/// one indirect call; behind it runs the composition's own pass.
///
///     gradus::AnyOptimizer<std::vector<float>> optimizer = gradus::recipe::adam();
///     if (plain) optimizer = gradus::recipe::sgd({.lr = 0.1});
///     gradus::State state = optimizer.init(theta);
///     optimizer.descend(theta, gradient, state);
///
/// It is a value: a copy has hyper-parameters of its own. One that was moved from refuses all but an assignment.
/// Cost    the optimizer on the heap and an indirect call per step; every composition that it is made from is compiled
///         for both directions.
/// Errors  those of the composition. A policy that asks for the objective's value refuses a step without one.
template <class Theta, class G = Theta>
class AnyOptimizer {
  // A view may be const or a temporary, and is written through all the same.
  static constexpr bool view = [] {
    if constexpr (Tensor<Theta>) return !read_only<const Theta>();
    else return detail::SomeLeaves<Theta>;
  }();

 public:
  using Parameters = std::conditional_t<view, const Theta, Theta>;
  using Observer = std::function<void(const Report&)>;

  template <class... Parts>
  explicit(false) AnyOptimizer(Optimizer<Parts...> optimizer)
      : held_(std::make_unique<Held<Optimizer<Parts...>>>(std::move(optimizer))) {}
  /// Does not compile.
  template <class... Given>
  explicit(false) AnyOptimizer(const Partition<Given...>&) {
    static_assert(sizeof...(Given) == 0,
                  "gradus: a Partition is no AnyOptimizer; choose an AnyOptimizer for each part's tensors, or the "
                  "partition's type");
  }
  AnyOptimizer(const AnyOptimizer& other) : held_(other.held().copy()) {}
  AnyOptimizer(AnyOptimizer&&) noexcept = default;
  AnyOptimizer& operator=(AnyOptimizer other) noexcept {
    held_ = std::move(other.held_);
    return *this;
  }
  ~AnyOptimizer() = default;

  /// A state for these parameters, which no other composition takes.
  State init(const Theta& theta) const { return held().init(theta); }

  /// One step uphill, with the objective's value for policies that ask for it, and an observer of the step.
  void ascend(Parameters& theta, const G& gradient, State& state, Value value = none, const Observer& see = {}) const {
    held().ascend(theta, gradient, state, value, {see});
  }
  /// One step downhill.
  void descend(Parameters& theta, const G& gradient, State& state, Value value = none, const Observer& see = {}) const {
    held().descend(theta, gradient, state, value, {see});
  }

  /// The first policy of this type, to read and to write its hyper-parameters; null where the composition has none. A
  /// policy that follows a schedule is found by the type that it has in a step.
  template <class P>
  P* find() {
    return static_cast<P*>(held().find(&identity<P>));
  }

  /// The averages that the composition keeps, as `gradus::averages` has them; `Refused` unless one policy keeps some.
  Averages<Theta> averages(const Theta& theta, const State& state) const {
    static_cast<void>(detail::averages_have_memory<Theta>());
    return held().averages(theta, state);
  }

  /// Whether a policy guards against gradients that are not finite.
  bool guards() const { return held().guards(); }
  /// The policies as the composition's type spells them.
  std::string_view name() const { return held().name(); }

 private:
  static constexpr Value none{std::numeric_limits<double>::quiet_NaN()};
  template <class P>
  static constexpr char identity = 0;

  // Observes if there is an observer.
  struct Watch {
    const Observer& see;
    bool wants(std::int64_t) const { return static_cast<bool>(see); }
    void report(const Report& report) const { see(report); }
  };

  struct Holder {
    virtual ~Holder() = default;
    virtual std::unique_ptr<Holder> copy() const = 0;
    virtual State init(const Theta&) const = 0;
    virtual void ascend(Parameters&, const G&, State&, Value, Watch) const = 0;
    virtual void descend(Parameters&, const G&, State&, Value, Watch) const = 0;
    virtual void* find(const char* policy) = 0;
    virtual Averages<Theta> averages(const Theta&, const State&) const = 0;
    virtual bool guards() const = 0;
    virtual std::string_view name() const = 0;
  };

  template <class O>
  struct Held final : Holder {
    explicit Held(O held) : optimizer(std::move(held)) {}
    std::unique_ptr<Holder> copy() const override { return std::make_unique<Held>(*this); }
    State init(const Theta& theta) const override { return optimizer.init(theta); }
    void ascend(Parameters& theta, const G& gradient, State& state, Value value, Watch watch) const override {
      optimizer.ascend(theta, gradient, state, value, watch);
    }
    void descend(Parameters& theta, const G& gradient, State& state, Value value, Watch watch) const override {
      optimizer.descend(theta, gradient, state, value, watch);
    }
    void* find(const char* policy) override { return find(policy, optimizer.policies()); }
    Averages<Theta> averages(const Theta& theta, const State& state) const override {
      if constexpr (detail::averaging<O> == 1 && detail::owns_all<Theta>())
        return gradus::averages(optimizer, theta, state);
      refuse({"averages are of a composition with one policy that keeps some, and ", name(), " has ",
              detail::averaging<O>, "; put one TailAverage, MovingAverage, Lookahead or ScheduleFree into it"});
    }
    bool guards() const override { return O::guards(); }
    std::string_view name() const override {
      return detail::Composition<detail::policies_in_step<std::remove_cvref_t<decltype(optimizer.policies())>>>::name;
    }

    // A `when` around what follows a schedule has its type of a step only in a step: there is nothing to point to.
    template <class... P>
    void* find(const char* policy, const detail::Pack<P...>&) {
      void* found = nullptr;
      const auto offer = [&]<class Now>(auto i, std::type_identity<Now>) {
        if constexpr (std::derived_from<detail::type_at<i, detail::Pack<P...>>, Now>)
          if (!found && policy == &identity<Now>)
            found = static_cast<Now*>(&optimizer.changed_policies().template get<i>());
      };
      detail::repeat<sizeof...(P)>([&](auto i) {
        using Now = policy_of<detail::type_at<i, detail::Pack<P...>>>;
        offer(i, std::type_identity<Now>{}), offer(i, std::type_identity<grouped_of<Now>>{});
      });
      return found;
    }

    O optimizer;
  };

  Holder& held() const {
    if (!held_) [[unlikely]]
      refuse("this AnyOptimizer was moved from; assign an optimizer to it");
    return *held_;
  }

  std::unique_ptr<Holder> held_;
};

/// The averages that the composition keeps which is behind it.
template <class Theta, class G>
Averages<Theta> averages(const AnyOptimizer<Theta, G>& optimizer, const Theta& theta, const State& state) {
  return optimizer.averages(theta, state);
}

}  // namespace gradus
