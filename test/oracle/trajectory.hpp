// SPDX-License-Identifier: MIT
#pragma once

#include "chain.hpp"
#include "deviation.hpp"
#include "objective.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace oracle {

/// A recorded run: the expected parameters, rates and state, and their tolerances.
class Trajectory {
 public:
  explicit Trajectory(const Json& record)
      : record_(record), tolerance_(record.at("tolerance")), scale_(magnitudes(initial_values(record))) {
    for (const Json& row : rows()) widen(scale_, row);
    if (record.contains("final")) widen(scale_, record.at("final"));
  }

  template <class T>
  Deviation replay(Chain<T>& chain) {
    auto theta = converted<T>(initial_values(record_));
    const GradientSource source(record_);
    const std::size_t steps = record_.at("steps");
    std::size_t row = 0;
    for (std::size_t k = 0; k < steps; ++k) {
      const double value = record_.contains("values") ? record_.at("values").at(k).get<double>() : 0;
      compare_rate(chain.step(theta, source.at(k, theta), value), k);
      if (row < rows().size() && recorded_step(row) == k + 1) {
        const std::string when = "step " + std::to_string(k + 1);
        if (record_.contains("averages")) compare_averages(chain, record_.at("averages").at(row), when);
        compare_parameters(theta, rows()[row++], when);
      }
    }
    if (row != rows().size()) throw std::runtime_error("the record holds more steps than it says");
    if (record_.contains("final")) compare_parameters(theta, record_.at("final"), "the end");
    if (record_.contains("state")) compare_state(chain, theta);
    return deviation_;
  }

 private:
  const Json& rows() const { return record_.at("parameters"); }

  std::size_t recorded_step(std::size_t row) const {
    return record_.contains("recorded_steps") ? record_.at("recorded_steps").at(row).get<std::size_t>() : row + 1;
  }

  template <class T>
  void compare_parameters(const Tensors<T>& theta, const Tensors<double>& recorded, const std::string& when) {
    for (std::size_t l = 0; l < theta.size(); ++l)
      deviation_.compare_all(theta[l], recorded.at(l), tolerance_, scale_[l], when + ", tensor " + std::to_string(l));
  }

  /// The averages of the parameters; null while the reference has none yet.
  template <class T>
  void compare_averages(const Chain<T>& chain, const Json& recorded, const std::string& when) {
    if (recorded.is_null()) return;
    for (std::size_t l = 0; l < recorded.size(); ++l)
      deviation_.compare_all(chain.slot("average", l), recorded.at(l), tolerance_, scale_[l],
                             when + ", the average of tensor " + std::to_string(l));
  }

  /// The rate of the step with this index, if recorded. The seed's is recorded without warm-up.
  void compare_rate(double rate, std::size_t index) {
    if (record_.contains("lr"))
      compare_rate(rate, index, record_.at("lr").at(index), "the rate of step " + std::to_string(index + 1));
  }
  void compare_rate(double rate, std::size_t index, double recorded, const std::string& where) {
    const double warmup = record_.at("hyperparameters").value("warmup_steps", 0);
    const double expected = recorded * (warmup > 0 ? std::min(1.0, static_cast<double>(index + 1) / warmup) : 1);
    deviation_.compare(rate, expected, tolerance_ * expected, where);
  }

  template <class T>
  void compare_state(Chain<T>& chain, Tensors<T>& theta) {
    const Json& state = record_.at("state");
    if (state.contains("step_count")) compare_steps(chain, state.at("step_count"));
    for (std::size_t l = 0; l < theta.size(); ++l)
      for (const auto& [name, values] : state.at("tensors").at(l).items()) {
        if (name == "step") compare_steps(chain, values);
        else if (name == "mu_product" || name == "eta" || name == "mu")
          continue;  // numbers of a clock, which are float in PyTorch's float runs: the parameters reveal them
        else compare_slot(chain, l, name, values);
      }
    // The rate of the next step is found by taking it.
    const std::size_t next = record_.at("steps");
    if (state.contains("lr")) compare_rate(chain.step(theta, zeros(theta)), next, state.at("lr"), "the rate after all");
  }

  template <class T>
  void compare_steps(const Chain<T>& chain, double recorded) {
    deviation_.compare(static_cast<double>(chain.steps()), recorded, 0, "the number of steps");
  }

  template <class T>
  void compare_slot(const Chain<T>& chain, std::size_t tensor, const std::string& name, std::vector<double> recorded) {
    const auto [slot, sign] = slot_of(name);
    for (double& x : recorded) x *= sign;
    deviation_.compare_all(chain.slot(slot, tensor), recorded, record_.at("state_tolerance"), common_scale(recorded),
                           name + " of tensor " + std::to_string(tensor));
  }

  struct Kept {
    const char* slot;
    double sign;
  };
  /// Where the library keeps what the reference gives this name. PyTorch always descends, the library's slots ascend.
  static Kept slot_of(std::string_view name) {
    if (name == "v") return {"velocity", 1};
    if (name == "momentum_buffer" || name == "exp_avg") return {"velocity", -1};
    if (name == "m" || name == "exp_avg_sq") return {"second", 1};
    if (name == "square_avg") return {"second", 1};
    if (name == "max_exp_avg_sq" || name == "exp_inf") return {"largest", 1};
    if (name == "step_size") return {"length", 1};
    if (name == "prev") return {"previous", -1};
    if (name == "grad_avg") return {"mean", -1};
    if (name == "acc_delta") return {"change", 1};
    if (name == "ax") return {"average", 1};
    if (name == "sum") return {"sum", 1};
    throw std::runtime_error("no slot for the recorded " + std::string(name));
  }

  template <class T>
  static Gradients<T> zeros(const Tensors<T>& theta) {
    Gradients<T> gradients;
    for (const auto& tensor : theta) gradients.emplace_back(std::vector<T>(tensor.size()));
    return gradients;
  }

  const Json& record_;
  double tolerance_;
  Tensors<double> scale_;
  Deviation deviation_;
};

}  // namespace oracle
