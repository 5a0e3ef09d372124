// What predictions and training steps by oneDNN share: the list of layers that a caller hands over, and reordered memory.
#pragma once

#include <cstring>
#include <dnnl.hpp>
#include <omp.h>
#include <unordered_map>
#include <vector>

#if DNNL_VERSION_MAJOR != 2
#error "Written for oneDNN 2, which Debian 12 has; oneDNN 3 has no Winograd on x86 and other descriptors."
#endif

namespace peer {

using tag = dnnl::memory::format_tag;
using dims = dnnl::memory::dims;
using desc = dnnl::memory::desc;
using dnnl::memory;
using Arguments = std::unordered_map<int, memory>;

enum class Kind : int { Convolution, BatchNorm, MaxPool, GlobalAveragePool, Linear, Add };

enum class Activation : int { None, ReLU, ReLU6 };

// Tensor 0 is the input, and the layer at index n makes tensor n + 1. Weights are in PyTorch's order, outputs first.
struct Layer {
    Kind kind;
    int input;
    int second; // Add's other tensor.
    int outputs;
    int kernel;
    int stride;
    int padding;
    int groups;
    Activation activation;
    int dilation; // 1 for windows without gaps.
    const float* weight; // BatchNorm's scale.
    const float* bias;   // BatchNorm's shift; null where a convolution has none.
};

// Channels, rows and columns of one image.
struct Shape {
    int channels, rows, columns;
};

constexpr auto f32 = memory::data_type::f32;

inline desc any(const dims& axes) { return desc(axes, f32, tag::any); }

inline desc vector(long length) { return desc({length}, f32, tag::x); }

inline size_t floats(const memory& tensor) { return tensor.get_desc().get_size() / sizeof(float); }

inline float* data(const memory& tensor) { return static_cast<float*>(tensor.get_data_handle()); }

inline long window(long length, const Layer& layer) {
    return (length + 2 * layer.padding - layer.dilation * (layer.kernel - 1) - 1) / layer.stride + 1;
}

inline dims windows(const dims& input, long channels, const Layer& layer) {
    return {input[0], channels, window(input[2], layer), window(input[3], layer)};
}

// A convolution's or linear layer's weight as the primitive wants it; made once.
inline void fill(dnnl::stream& stream, const dnnl::engine& engine, const float* source, const dims& axes, tag order, memory& target) {
    memory plain({axes, f32, order}, engine);
    std::memcpy(plain.get_data_handle(), source, plain.get_desc().get_size());
    dnnl::reorder(plain, target).execute(stream, plain, target);
    stream.wait();
}

} // namespace peer
