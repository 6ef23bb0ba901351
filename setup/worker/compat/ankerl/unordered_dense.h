// Stands in for martinus/unordered_dense, which Debian 12 does not package: the same names on the
// standard containers. The worker uses only what the two have in common.
#pragma once

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	template<typename T>
	using hash = std::hash<T>;

	template<typename K, typename V, typename H = std::hash<K>, typename E = std::equal_to<K>>
	using map = std::unordered_map<K, V, H, E>;

	template<typename T, typename H = std::hash<T>, typename E = std::equal_to<T>>
	using set = std::unordered_set<T, H, E>;
} // namespace ankerl::unordered_dense
