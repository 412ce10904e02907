// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/type_name.hpp>
#include <gradus/parameters/set.hpp>

#include <concepts>
#include <tuple>
#include <type_traits>

namespace gradus {

/// The gradient of a leaf that has none.
struct NoGradient {};

namespace detail {

template <class X>
constexpr bool from_library(std::string_view space) {
  return full_type_name<std::remove_cvref_t<X>>().starts_with(space);
}

template <class X>
constexpr bool is_node_container() {
  return from_library<X>("std::list<") || from_library<X>("std::__cxx11::list<") ||
         from_library<X>("std::forward_list<") || from_library<X>("std::set<");
}

template <class X>
constexpr bool floating = false;
template <Tensor X>
constexpr bool floating<X> = std::floating_point<element_t<X>>;

// Says in one sentence why X is no tensor and no set; never instantiated for one that is.
template <class X>
constexpr bool explain_foreign() {
  static_assert(!is_node_container<X>(),
                "gradus: a std::list, std::forward_list or std::set keeps its elements apart and cannot be stepped; "
                "use a std::vector or std::array");
  static_assert(!from_library<X>("Eigen::"),
                "gradus: this is an Eigen type; add #include <gradus/tensor/eigen.hpp>");
  static_assert(!from_library<X>("arma::"),
                "gradus: this is an Armadillo type; add #include <gradus/tensor/armadillo.hpp>");
  static_assert(!from_library<X>("at::") && !from_library<X>("torch::"),
                "gradus: this is a libtorch type; add #include <gradus/tensor/torch.hpp>");
  static_assert(!from_library<X>("thrust::"),
                "gradus: this is a Thrust type; add #include <gradus/tensor/thrust.hpp>");
  static_assert(!from_library<X>("xt::"),
                "gradus: this is an xtensor type; add #include <gradus/tensor/xtensor.hpp>");
  constexpr bool named = is_node_container<X>() || from_library<X>("Eigen::") || from_library<X>("arma::") ||
                         from_library<X>("at::") || from_library<X>("torch::") || from_library<X>("thrust::") ||
                         from_library<X>("xt::");
  static_assert(named,
                "gradus: this type is neither a tensor nor a set of tensors; specialise gradus::tensor_traits for it, "
                "or name its members with BOOST_HANA_DEFINE_STRUCT");
  return false;
}

template <class Theta, class G>
constexpr bool explain_tensor() {
  if constexpr (!floating<Theta>) {
    static_assert(floating<Theta>,
                  "gradus: the parameters are integers, which a small step cannot move; use float or double");
    return false;
  } else if constexpr (LazyTensor<Theta>) {
    static_assert(!LazyTensor<Theta>,
                  "gradus: the parameters are an expression and cannot be written; parameters come first, then the "
                  "gradient");
    return false;
  } else if constexpr (read_only<Theta>()) {
    static_assert(!read_only<Theta>(),
                  "gradus: the parameters are const and cannot be stepped; pass them as they may be written "
                  "(parameters come first, then the gradient)");
    return false;
  } else if constexpr (std::same_as<std::remove_cv_t<G>, NoGradient>) {
    return true;
  } else if constexpr (!Tensor<G>) {
    static_assert(Tensor<G> || NamedStruct<G> || NamedMap<G> || Sequence<G> || TupleLike<G>,
                  "gradus: the gradient is neither a tensor nor a set of tensors; include the header of its library "
                  "from gradus/tensor/ or specialise gradus::tensor_traits for it");
    static_assert(!(NamedStruct<G> || NamedMap<G> || Sequence<G> || TupleLike<G>),
                  "gradus: the gradient is a set of tensors where the parameters are one tensor; give it their shape");
    return false;
  } else {
    constexpr bool same = std::same_as<element_t<Theta>, element_t<G>> ||
                          (LazyTensor<G> && floating<G>);
    static_assert(same,
                  "gradus: the gradient has another element type than the parameters; store it in theirs, or pass an "
                  "expression that converts it");
    return same;
  }
}

template <class Theta, class G>
constexpr bool same_kind() {
  if constexpr (NamedStruct<Theta>) return NamedStruct<G>;
  else if constexpr (NamedMap<Theta>) return NamedMap<G>;
  else if constexpr (Sequence<Theta>) return Sequence<G>;
  else if constexpr (TupleLike<Theta> && TupleLike<G>)
    return std::tuple_size_v<std::remove_cv_t<Theta>> == std::tuple_size_v<std::remove_cv_t<G>>;
  else return false;
}

}  // namespace detail

/// Whether a step can read these parameters and this gradient; does not compile, with the reason in one sentence, where
/// it cannot.
template <class Theta, class G>
constexpr bool readable() {
  if constexpr (Tensor<Theta>) {
    return detail::explain_tensor<Theta, G>();
  } else if constexpr (NamedStruct<Theta> || NamedMap<Theta> || Sequence<Theta> || TupleLike<Theta>) {
    constexpr bool same = std::same_as<std::remove_cv_t<G>, NoGradient> || detail::same_kind<Theta, G>();
    static_assert(same,
                  "gradus: the gradient is not a set like the parameters; give it the same struct, tuple, vector or "
                  "map of tensors");
    return same;
  } else {
    return detail::explain_foreign<Theta>();
  }
}

}  // namespace gradus
