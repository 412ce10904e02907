// What every source here includes first.
#include <gradus/optimizer.hpp>
