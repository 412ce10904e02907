// SPDX-License-Identifier: MIT
// Eigenvectors: the three leading ones of Zachary's karate club, by gradient ascent of x'Ax on the unit sphere. Each
// eigenvector found is taken out of the matrix, so that the next one leads. LAPACK's eig_sym checks them.
#include <gradus/optimizer.hpp>
#include <gradus/tensor/armadillo.hpp>

#include <algorithm>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "use.hpp"

namespace {

// Who knows whom, and the half that each member followed.
struct Club {
  arma::mat knows;
  arma::vec half;
};

Club read_club() {
  const auto rows = use::read("karate.csv");
  Club club{arma::mat(rows.size(), rows.size()), arma::vec(rows.size())};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows.size(); ++j) club.knows(i, j) = rows[i][j];
    club.half[i] = rows[i].back();
  }
  return club;
}

struct Eigenpair {
  double value;
  arma::vec vector;
};

// x'Ax is highest on the sphere at the eigenvector of the largest eigenvalue, and the eigenvalue is its height. The
// momentum came from older tangents, hence the second Tangent.
Eigenpair highest(const arma::mat& a, arma::vec start) {
  using namespace gradus;
  const Optimizer along_sphere{Tangent{}, Momentum{.factor = 0.8}, Tangent{}, LearningRate{.rate = 0.03}, Sphere{}};
  const auto form = objective([&](const arma::vec& x) { return arma::dot(x, a * x); },
                              [&](const arma::vec& x) { return arma::vec(2 * (a * x)); });
  const DriveResult top = maximize(form, start, along_sphere, {.steps = 1000});
  return {top.value, start};
}

// One after the other, the largest eigenvalue first. The sign is arbitrary: the first member shall be above 0.
std::vector<Eigenpair> leading(arma::mat a, std::size_t count) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  std::vector<Eigenpair> found;
  while (found.size() < count) {
    arma::vec start(a.n_rows);
    for (double& x : start) x = normal(random);
    Eigenpair next = highest(a, arma::normalise(start));
    if (next.vector[0] < 0) next.vector *= -1;
    a -= next.value * next.vector * next.vector.t();
    found.push_back(next);
  }
  return found;
}

double distance(const arma::vec& a, const arma::vec& b) { return std::min(arma::norm(a - b), arma::norm(a + b)); }

void climb(use::Report& report, const std::string& folder) {
  const Club club = read_club();
  const auto found = leading(club.knows, 3);

  arma::vec values;
  arma::mat vectors;
  arma::eig_sym(values, vectors, club.knows);  // in ascending order
  for (arma::uword i = 0; i < found.size(); ++i) {
    const std::string which = std::to_string(i + 1);
    const arma::uword column = values.n_elem - 1 - i;
    report.compare("eigenvalue " + which, found[i].value, values[column], 1e-10);
    report.near("eigenvector " + which, distance(found[i].vector, vectors.col(column)), 1e-6);
  }

  use::draw("eigenvectors", folder, [&](std::ostream& out) {
    const arma::vec &x = found[0].vector, &y = found[1].vector;
    for (arma::uword i = 0; i < x.n_elem; ++i)
      out << i + 1 << " " << x[i] << " " << y[i] << " " << club.half[i] << "\n";
    out << "\n\n";
    for (arma::uword i = 0; i < x.n_elem; ++i)
      for (arma::uword j = 0; j < i; ++j)
        if (club.knows(i, j) == 1) out << x[i] << " " << y[i] << "\n" << x[j] << " " << y[j] << "\n\n";
  });
}

}  // namespace

int main(int argc, char** argv) { return use::run(argc, argv, climb); }
