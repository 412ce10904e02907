// SPDX-License-Identifier: MIT
// Steps of gradus for bench/gpu/compare.py, which calls them beside PyTorch's on the same tensors and stream.

#include <gradus/backend/thrust.hpp>
#include <gradus/optimizer.hpp>
#include <gradus/tensor/thrust.hpp>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace {

using gradus::DeviceSpan;

struct Steps {
  virtual ~Steps() = default;
  virtual void step(cudaStream_t stream) = 0;
};

template <class Optimizer, class T, class Storage>
class BoundSteps : public Steps {
 public:
  BoundSteps(const Optimizer& optimizer, std::vector<DeviceSpan<T>> theta, std::vector<DeviceSpan<T>> gradient,
             cudaStream_t stream)
      : optimizer_(optimizer),
        theta_(std::move(theta)),
        gradient_(std::move(gradient)),
        state_(optimizer_.init(theta_, Storage{})),
        steps_(optimizer_.bind(theta_, gradient_, state_, gradus::backend::Thrust{stream})) {}

  void step(cudaStream_t) override { steps_.descend(); }

 private:
  using Set = std::vector<DeviceSpan<T>>;

  using State = decltype(std::declval<const Optimizer&>().init(std::declval<Set&>(), Storage{}));

  Optimizer optimizer_;
  Set theta_, gradient_;
  State state_;
  decltype(std::declval<const Optimizer&>().bind(std::declval<Set&>(), std::declval<Set&>(), std::declval<State&>(),
                                                 gradus::backend::Thrust{nullptr})) steps_;
};

using Addresses = std::vector<void*>;
using Sizes = std::vector<std::size_t>;
using Make = std::function<std::unique_ptr<Steps>(const Addresses&, const Addresses&, const Sizes&, cudaStream_t)>;

template <class T, class Storage, class Optimizer>
Make make(const Optimizer& optimizer) {
  return [optimizer](const Addresses& theta, const Addresses& gradient, const Sizes& size,
                     cudaStream_t stream) -> std::unique_ptr<Steps> {
    std::vector<DeviceSpan<T>> p, g;
    for (std::size_t l = 0; l < size.size(); ++l) {
      p.emplace_back(static_cast<T*>(theta[l]), size[l]);
      g.emplace_back(static_cast<T*>(gradient[l]), size[l]);
    }
    return std::make_unique<BoundSteps<Optimizer, T, Storage>>(optimizer, std::move(p), std::move(g), stream);
  };
}

template <class T>
void put(std::map<std::string, Make>& all, const std::string& type) {
  using namespace gradus;
  const auto add = [&](const char* name, const auto& optimizer) {
    all[name + (":" + type)] = make<T, Storage<>>(optimizer);
  };
  add("sgd", Optimizer{Momentum{0.9}, LearningRate{1e-3}});
  add("chain",
      Optimizer{Clip{1}, Momentum{0.9}, Nesterov{}, Adaptive{}, LearningRate{1e-3}, Warmup{100}, Decay{0.999}});
  add("adam", recipe::adam());
  add("adamw", recipe::adamw());
  add("adam_clip", Optimizer{ClipNorm{1}, CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{1e-3}});
  add("lion", recipe::lion());
  // Three that nobody ships.
  add("signed_clip_decay",
      Optimizer{Clip{0.5}, Momentum{0.95}, Sign{}, WeightDecay{0.01}, LearningRate{1e-3}, Warmup{10}});
  add("norm_nesterov_adaptive",
      Optimizer{ClipNorm{1}, Momentum{0.9}, Nesterov{}, Adaptive{}, Clip{3}, LearningRate{1e-3}});
  add("belief_box", Optimizer{Belief{}, DivideByRoot{}, LearningRate{1e-3}, Box{-1, 1}});
}

std::string last_error;

template <class F>
auto guarded(F f) -> decltype(f()) {
  try {
    return f();
  } catch (const std::exception& error) {
    last_error = error.what();
    return {};
  }
}

}  // namespace

extern "C" {

const char* gradus_error() { return last_error.c_str(); }

void* gradus_make(const char* name, void** theta, void** gradient, const std::size_t* size, std::size_t leaves,
                  void* stream) {
  return guarded([&]() -> void* {
    static const std::map<std::string, Make> all = [] {
      std::map<std::string, Make> made;
      put<float>(made, "float32");
      put<__nv_bfloat16>(made, "bfloat16");
      // As narrow as PyTorch keeps them.
      using Narrow = gradus::Storage<__nv_bfloat16>;
      made["sgd:bfloat16:bfloat16"] =
          make<__nv_bfloat16, Narrow>(gradus::Optimizer{gradus::Momentum{0.9}, gradus::LearningRate{1e-3}});
      made["adam:bfloat16:bfloat16"] = make<__nv_bfloat16, Narrow>(gradus::recipe::adam());
      made["adamw:bfloat16:bfloat16"] = make<__nv_bfloat16, Narrow>(gradus::recipe::adamw());
      return made;
    }();
    const auto found = all.find(name);
    if (found == all.end()) return last_error = "no composition of this name", nullptr;
    return found
        ->second(Addresses(theta, theta + leaves), Addresses(gradient, gradient + leaves), Sizes(size, size + leaves),
                 static_cast<cudaStream_t>(stream))
        .release();
  });
}

int gradus_step(void* steps, void* stream) {
  return guarded([&] { return static_cast<Steps*>(steps)->step(static_cast<cudaStream_t>(stream)), 1; });
}

void gradus_free(void* steps) { delete static_cast<Steps*>(steps); }
}
