// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/space.hpp>
#include <gradus/parameters/foreign.hpp>
#include <gradus/parameters/yield.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

namespace gradus::detail {

template <class T>
concept DeviceNumber = std::same_as<T, float> || std::same_as<T, double>;
template <class T>
concept RealNumber = DeviceNumber<T> || std::same_as<T, long double>;
template <class T>
concept Number = RealNumber<T> || SteppedNumber<T> || (ComplexNumber<T> && RealNumber<arithmetic_t<T>>);

// What a trait written by a user must provide.
template <class X>
concept HasExtents = requires(const std::remove_cvref_t<X>& x) {
  std::begin(traits_of<X>::shape(x)) != std::end(traits_of<X>::shape(x));
};
template <class X>
concept HasData = LazyTensor<X> || WritableTensor<X>;

// Whether a step can calculate with X's elements; on a device also with shorter floats.
template <class X>
inline constexpr bool of_numbers = false;
template <Tensor X>
inline constexpr bool of_numbers<X> =
    DeviceTensor<X> ? DeviceNumber<arithmetic_t<element_t<X>>> && !ComplexNumber<element_t<X>> : Number<element_t<X>>;
template <class X>
inline constexpr bool of_integers = false;
template <Tensor X>
inline constexpr bool of_integers<X> = std::integral<element_t<X>>;

template <class G, class Stored>
inline constexpr bool stored_as = false;
template <Tensor G, class Stored>
inline constexpr bool stored_as<G, Stored> = std::same_as<element_t<G>, Stored>;

// Whether X is a tensor that can be stepped.
template <class X>
constexpr bool steppable() {
  if constexpr (of_numbers<X>) return !LazyTensor<X> && !read_only<X>() && HasExtents<X> && HasData<X>;
  else return false;
}

// Whether G's elements suit parameters of type T; stored ones may also have the type `Gradients`.
template <class T, class G, class Gradients>
constexpr bool fits_elements() {
  if constexpr (LazyTensor<G>)
    return std::is_arithmetic_v<element_t<G>> || std::same_as<element_t<G>, T> ||
           (ComplexNumber<T> && ComplexNumber<element_t<G>>);
  else return stored_as<G, T> || (stored_as<G, Gradients> && (ComplexNumber<T> || !ComplexNumber<Gradients>));
}

// Whether G is a gradient for the tensor X.
template <class X, class G, class Gradients>
constexpr bool fits() {
  if constexpr (std::same_as<std::remove_cv_t<G>, NoGradient>) return true;
  else if constexpr (DeviceTensor<X> != DeviceTensor<G> || !HasExtents<G> || !HasData<G>) return false;
  else return fits_elements<element_t<X>, G, Gradients>();
}

// Maps that can look up each other's names.
template <class Theta, class G>
concept SameNames = NamedMap<Theta> && NamedMap<G> && requires(Theta& theta, G& gradient) {
  theta.find(gradient.begin()->first);
  gradient.find(theta.begin()->first);
};

// Whether two sets have the same parts, by name where these have names.
template <class Theta, class G>
constexpr bool same_kind() {
  if constexpr (std::same_as<std::remove_cv_t<G>, NoGradient>) {
    return true;
  } else if constexpr (StaticSet<Theta> && StaticSet<G>) {
    if constexpr (TupleLike<Theta> == TupleLike<G> && part_count<Theta> == part_count<G>)
      return []<std::size_t... I>(std::index_sequence<I...>) {
        return ((part_name<Theta, I>() == part_name<G, I>()) && ...);
      }(std::make_index_sequence<part_count<Theta>>{});
    return false;
  } else {
    return SameNames<Theta, G> || (Sequence<Theta> && Sequence<G>);
  }
}

/// What a walk over the types of parameters and gradient finds: the first mismatched pair, or `Fine`.
template <class Theta, class G>
struct Unreadable {
  friend constexpr Unreadable operator|(Unreadable, auto) { return {}; }
};
struct Fine {
  friend constexpr auto operator|(Fine, auto next) { return next; }
};

template <std::size_t I, class G>
constexpr auto& gradient_part(G& gradient) {
  if constexpr (HasParts<G>) return some_part<I>(gradient);
  else return gradient;
}

template <class Theta, class G, class Gradients = void>
constexpr auto first_unreadable() {
  if constexpr (MaybePart<Theta>) {
    return first_unreadable<part_t<Theta>, G, Gradients>();
  } else if constexpr (is_optional<std::remove_cv_t<G>>) {
    return first_unreadable<Theta, const typename G::value_type, Gradients>();
  } else if constexpr (MaybeGradient<G>) {
    return first_unreadable<Theta, const NoGradient, Gradients>();
  } else if constexpr (SomeLeaves<Theta>) {
    return first_unreadable<part_t<Theta>, G, Gradients>();
  } else if constexpr (yields<Theta, G>() && Tensor<Theta>) {
    if constexpr (can_keep<Theta, G>())
      return first_unreadable<Theta, const std::remove_cvref_t<yield_t<G, Theta>>, Gradients>();
    else return Unreadable<Theta, G>{};
  } else if constexpr (Tensor<Theta>) {
    if constexpr (steppable<Theta>() && fits<Theta, G, Gradients>()) return Fine{};
    else return Unreadable<Theta, G>{};
  } else if constexpr (!Set<Theta> || !(yields<Theta, G>() || same_kind<Theta, G>())) {
    return Unreadable<Theta, G>{};
  } else {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (Fine{} | ... |
              first_unreadable<part_t<Theta, I>,
                               std::remove_reference_t<decltype(gradient_part<I>(std::declval<G&>()))>, Gradients>());
    }(std::make_index_sequence<part_count<Theta>>{});
  }
}

// Whether a trait, perhaps a user's, has all it must.
template <class X>
constexpr bool explain_trait() {
  constexpr bool extents = HasExtents<X>, data = HasData<X>;
  static_assert(extents,
                "gradus: shape of this tensor_traits gives no range of extents; let it return a std::array of them");
  static_assert(data,
                "gradus: this tensor_traits has no static value_type* data(X&, Order); see gradus/core/tensor.hpp");
  return extents && data;
}

// Independent of the gradient, so that a wrong parameter is explained once, however many calls get it.
template <class Theta>
constexpr bool explain_parameter() {
  constexpr bool integers = of_integers<Theta>, others = !integers && !of_numbers<Theta>,
                 lazy = !integers && !others && LazyTensor<Theta>;
  static_assert(!integers, "gradus: the parameters are integers, which a small step cannot move; use float or double");
  static_assert(!others,
                "gradus: the parameters' elements are neither float nor double nor long double nor, on the host, "
                "complex numbers of these or such as number_traits knows, with functions of their own and no memory; "
                "use one of them (in place of an xt::masked_view, whose elements may be missing, xt::filter)");
  static_assert(!lazy,
                "gradus: the parameters are an expression and cannot be written; parameters come first, then the "
                "gradient");
  constexpr bool whole = explain_trait<Theta>();
  static_assert(integers || others || lazy || !whole || steppable<Theta>(),
                "gradus: the parameters are const and cannot be stepped; pass them as they may be written (parameters "
                "come first, then the gradient)");
  return false;
}

template <class Theta, class G>
constexpr bool explain(Unreadable<Theta, G>) {
  constexpr bool set = !Tensor<Theta>, gradient_set = !set && Set<G>, elements = !set && Tensor<G>;
  constexpr bool called = !set && yields<Theta, G>();
  constexpr bool callable = !called && !Tensor<G> && !Set<G> && requires { &std::remove_cvref_t<G>::operator(); };
  if constexpr (set && !Set<Theta>) {
    return explain_foreign<std::remove_cv_t<Theta>>();
  } else if constexpr (!set && !steppable<Theta>()) {
    return explain_parameter<Theta>();
  } else if constexpr (called) {
    static_assert(!called,
                  "gradus: a callable yields whole gradients on the host; pass rows, and what lies on a device, as "
                  "they are");
    return false;
  } else if constexpr (callable) {
    static_assert(!callable,
                  "gradus: this callable yields no gradient of a leaf of this type; let it take (std::string_view, "
                  "const auto& leaf), and be const, a lambda without mutable");
    return false;
  } else if constexpr (!set && !gradient_set && !elements) {
    return explain_foreign<std::remove_cv_t<G>>();
  } else if constexpr (elements && !(HasExtents<G> && HasData<G>)) {
    return explain_trait<G>();
  } else {
    static_assert(!set,
                  "gradus: the gradient is not a set like the parameters; give it the same struct, tuple, vector or "
                  "map of tensors");
    static_assert(
        !gradient_set,
        "gradus: the gradient is a set of tensors where the parameters are one tensor; give it their shape, or "
        "specialize gradus::number_traits if its elements are numbers of a type of your own");
    constexpr bool apart = elements && DeviceTensor<Theta> != DeviceTensor<G>;
    static_assert(!apart,
                  "gradus: of parameters and gradient one lies on the host and one on a device; copy the gradient to "
                  "where the parameters are");
    static_assert(!elements || apart,
                  "gradus: the gradient has another element type than the parameters; store it in theirs, pass an "
                  "expression that converts it, or name its type in the storage given to init (in place of an "
                  "xt::masked_view, whose elements may be missing, pass xt::where)");
    return false;
  }
}

/// Whether a step can read these parameters and this gradient; if not, it does not compile, and one sentence says why.
/// The types are searched without diagnostics first, so that the compiler's trace to that sentence is short. Stored
/// gradients may also have elements of type `Gradients`.
template <class Theta, class G, class Gradients = void>
constexpr bool readable() {
  constexpr auto found = first_unreadable<Theta, G, Gradients>();
  if constexpr (std::same_as<decltype(found), const Fine>) return true;
  else return explain(found);
}

}  // namespace gradus::detail
