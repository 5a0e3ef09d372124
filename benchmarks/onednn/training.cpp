// Training steps by oneDNN: forward in training mode, cross-entropy, both gradients of every layer, SGD with momentum.
#include "network.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <memory>

namespace peer {

class Trainer {
public:
    Trainer(const Layer* layers, int count, Shape shape, int batch, bool winograd, float rate, float momentum)
        : layers_(layers, layers + count), batch_(batch), rate_(rate), momentum_(momentum), tensors_(count + 1), gradients_(count + 1),
          algorithm_(winograd ? dnnl::algorithm::convolution_auto : dnnl::algorithm::convolution_direct) {
        tensors_[0] = memory({{batch, shape.channels, shape.rows, shape.columns}, f32, tag::nchw}, engine_);
        for (int index = 0; index < count; index++)
            add(index);
        gradients_[count] = memory(tensors_[count].get_desc(), engine_);
        for (auto plan = plans_.rbegin(); plan != plans_.rend(); ++plan)
            (*plan)();
    }

    float step(const float* images, const int* labels) {
        tensors_[0].set_data_handle(const_cast<float*>(images));
        for (auto& run : forward_)
            run();
        stream_.wait();
        float loss = crossEntropy(labels);
        for (auto& run : backward_)
            run();
        stream_.wait();
        update();
        return loss;
    }

private:
    using Runs = std::vector<std::function<void()>>;

    struct Parameter {
        memory value, gradient, velocity;
    };

    static constexpr float Epsilon = 1e-5f;

    void add(int index) {
        const Layer& layer = layers_[index];
        switch (layer.kind) {
        case Kind::Convolution: addConvolution(index); break;
        case Kind::BatchNorm: addNorm(index); break;
        case Kind::Linear: addLinear(index); break;
        case Kind::Add: addSum(index); break;
        default: addPool(index); break;
        }
        // A norm and a sum have their activation among their own operations.
        if (layer.activation == Activation::ReLU && layer.kind != Kind::BatchNorm && layer.kind != Kind::Add)
            addActivation(index + 1);
    }

    void run(Runs& runs, const dnnl::primitive& primitive, const Arguments& arguments) {
        runs.push_back([this, primitive, arguments] { primitive.execute(stream_, arguments); });
    }

    memory reordered(Runs& runs, const memory& tensor, const desc& wanted) {
        if (tensor.get_desc() == wanted)
            return tensor;
        memory target(wanted, engine_);
        copy(runs, tensor, target);
        return target;
    }

    void copy(Runs& runs, const memory& from, const memory& to) { run(runs, dnnl::reorder(from, to), {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}}); }

    Parameter& parameter(const desc& wanted) {
        Parameter made{memory(wanted, engine_), memory(wanted, engine_), memory(wanted, engine_)};
        for (const memory& tensor : {made.value, made.gradient, made.velocity})
            std::memset(tensor.get_data_handle(), 0, tensor.get_desc().get_size());
        parameters_.push_back(std::make_unique<Parameter>(made));
        return *parameters_.back();
    }

    Parameter& weight(const desc& wanted, const dims& axes, tag order, const float* source) {
        Parameter& made = parameter(wanted);
        fill(stream_, engine_, source, axes, order, made.value);
        return made;
    }

    Parameter& bias(const Layer& layer) {
        Parameter& made = parameter(vector(layer.outputs));
        std::memcpy(made.value.get_data_handle(), layer.bias, made.value.get_desc().get_size());
        return made;
    }

    // What a layer contributes to the gradient of what it read.
    void contribute(int tensor, const memory& gradient) {
        if (tensor == 0)
            return;
        memory& sum = gradients_[tensor];
        if (!sum) {
            sum = gradient;
            return;
        }
        memory more = reordered(backward_, gradient, sum.get_desc());
        dnnl::binary::desc d(dnnl::algorithm::binary_add, sum.get_desc(), more.get_desc(), sum.get_desc());
        run(backward_, dnnl::binary({d, engine_}), {{DNNL_ARG_SRC_0, sum}, {DNNL_ARG_SRC_1, more}, {DNNL_ARG_DST, sum}});
    }

    // Runs a primitive that makes a weight's gradient, in the weight's own order.
    void weightGradient(const dnnl::primitive& primitive, Arguments arguments, const desc& made, Parameter& weight) {
        bool same = made == weight.gradient.get_desc();
        memory gradient = same ? weight.gradient : memory(made, engine_);
        arguments[DNNL_ARG_DIFF_WEIGHTS] = gradient;
        run(backward_, primitive, arguments);
        if (!same)
            copy(backward_, gradient, weight.gradient);
    }

    void addConvolution(int index) {
        const Layer layer = layers_[index];
        memory x = tensors_[layer.input];
        dims in = x.get_desc().dims(), out = windows(in, layer.outputs, layer), axes{layer.outputs, in[1], layer.kernel, layer.kernel};
        dims stride{layer.stride, layer.stride}, padding{layer.padding, layer.padding};
        desc source = layer.input == 0 ? x.get_desc() : any(in), b = layer.bias ? vector(layer.outputs) : desc();
        dnnl::convolution_forward::primitive_desc forward(
            {dnnl::prop_kind::forward_training, algorithm_, source, any(axes), b, any(out), stride, padding, padding}, engine_);
        Parameter& w = weight(forward.weights_desc(), axes, tag::oihw, layer.weight);
        Parameter* shift = layer.bias ? &bias(layer) : nullptr;
        memory from = reordered(forward_, x, forward.src_desc()), y(forward.dst_desc(), engine_);
        Arguments arguments{{DNNL_ARG_SRC, from}, {DNNL_ARG_WEIGHTS, w.value}, {DNNL_ARG_DST, y}};
        if (shift)
            arguments[DNNL_ARG_BIAS] = shift->value;
        run(forward_, dnnl::convolution_forward(forward), arguments);
        tensors_[index + 1] = y;
        plans_.push_back([=, this, &w] {
            memory dy = gradients_[index + 1];
            if (layer.input != 0) {
                dnnl::convolution_backward_data::primitive_desc data({algorithm_, any(in), any(axes), any(out), stride, padding, padding}, engine_, forward);
                memory scattered = reordered(backward_, dy, data.diff_dst_desc()), weights = reordered(backward_, w.value, data.weights_desc());
                memory dx(data.diff_src_desc(), engine_);
                run(backward_, dnnl::convolution_backward_data(data),
                    {{DNNL_ARG_DIFF_DST, scattered}, {DNNL_ARG_WEIGHTS, weights}, {DNNL_ARG_DIFF_SRC, dx}});
                contribute(layer.input, dx);
            }
            dnnl::convolution_backward_weights::primitive_desc sums({algorithm_, source, any(axes), b, any(out), stride, padding, padding}, engine_, forward);
            Arguments operands{{DNNL_ARG_SRC, reordered(backward_, from, sums.src_desc())},
                {DNNL_ARG_DIFF_DST, reordered(backward_, dy, sums.diff_dst_desc())}};
            if (shift)
                operands[DNNL_ARG_DIFF_BIAS] = shift->gradient;
            weightGradient(dnnl::convolution_backward_weights(sums), operands, sums.diff_weights_desc(), w);
        });
    }

    void addLinear(int index) {
        const Layer layer = layers_[index];
        memory x = tensors_[layer.input];
        dims in = x.get_desc().dims(), axes = in, out{batch_, layer.outputs};
        axes[0] = layer.outputs;
        desc b = vector(layer.outputs), made = index + 1 == static_cast<int>(layers_.size()) ? desc(out, f32, tag::nc) : any(out);
        dnnl::inner_product_forward::primitive_desc forward({dnnl::prop_kind::forward_training, any(in), any(axes), b, made}, engine_);
        Parameter& w = weight(forward.weights_desc(), axes, in.size() == 4 ? tag::oihw : tag::oi, layer.weight);
        Parameter& shift = bias(layer);
        memory from = reordered(forward_, x, forward.src_desc()), y(forward.dst_desc(), engine_);
        run(forward_, dnnl::inner_product_forward(forward),
            {{DNNL_ARG_SRC, from}, {DNNL_ARG_WEIGHTS, w.value}, {DNNL_ARG_BIAS, shift.value}, {DNNL_ARG_DST, y}});
        tensors_[index + 1] = y;
        plans_.push_back([=, this, &w, &shift] {
            memory dy = gradients_[index + 1];
            dnnl::inner_product_backward_data::primitive_desc data({any(in), any(axes), any(out)}, engine_, forward);
            memory scattered = reordered(backward_, dy, data.diff_dst_desc()), weights = reordered(backward_, w.value, data.weights_desc());
            memory dx(data.diff_src_desc(), engine_);
            run(backward_, dnnl::inner_product_backward_data(data),
                {{DNNL_ARG_DIFF_DST, scattered}, {DNNL_ARG_WEIGHTS, weights}, {DNNL_ARG_DIFF_SRC, dx}});
            contribute(layer.input, reordered(backward_, dx, x.get_desc()));
            dnnl::inner_product_backward_weights::primitive_desc sums({any(in), any(axes), b, any(out)}, engine_, forward);
            weightGradient(dnnl::inner_product_backward_weights(sums),
                {{DNNL_ARG_SRC, reordered(backward_, from, sums.src_desc())}, {DNNL_ARG_DIFF_DST, reordered(backward_, dy, sums.diff_dst_desc())},
                    {DNNL_ARG_DIFF_BIAS, shift.gradient}},
                sums.diff_weights_desc(), w);
        });
    }

    // Scale and shift are one parameter, [2, channels].
    void addNorm(int index) {
        const Layer layer = layers_[index];
        memory x = tensors_[layer.input];
        desc map = x.get_desc();
        long channels = map.dims()[1];
        bool activated = layer.activation == Activation::ReLU;
        auto flags = dnnl::normalization_flags::use_scale_shift;
        if (activated)
            flags = flags | dnnl::normalization_flags::fuse_norm_relu;
        dnnl::batch_normalization_forward::primitive_desc forward({dnnl::prop_kind::forward_training, map, Epsilon, flags}, engine_);
        Parameter& affine = parameter(desc({2, channels}, f32, tag::nc));
        std::copy_n(layer.weight, channels, data(affine.value));
        std::copy_n(layer.bias, channels, data(affine.value) + channels);
        memory mean(forward.mean_desc(), engine_), variance(forward.variance_desc(), engine_), y(map, engine_);
        memory workspace = activated ? memory(forward.workspace_desc(), engine_) : memory();
        Arguments arguments{{DNNL_ARG_SRC, x}, {DNNL_ARG_SCALE_SHIFT, affine.value}, {DNNL_ARG_MEAN, mean}, {DNNL_ARG_VARIANCE, variance},
            {DNNL_ARG_DST, y}};
        if (activated)
            arguments[DNNL_ARG_WORKSPACE] = workspace;
        run(forward_, dnnl::batch_normalization_forward(forward), arguments);
        addRunningStatistics(mean, variance, channels);
        tensors_[index + 1] = y;
        plans_.push_back([=, this, &affine] {
            memory dy = reordered(backward_, gradients_[index + 1], map);
            dnnl::batch_normalization_backward::primitive_desc gradient({dnnl::prop_kind::backward, map, map, Epsilon, flags}, engine_, forward);
            Arguments operands{{DNNL_ARG_SRC, x}, {DNNL_ARG_MEAN, mean}, {DNNL_ARG_VARIANCE, variance}, {DNNL_ARG_DIFF_DST, dy},
                {DNNL_ARG_SCALE_SHIFT, affine.value}, {DNNL_ARG_DIFF_SRC, dy}, {DNNL_ARG_DIFF_SCALE_SHIFT, affine.gradient}};
            if (activated)
                operands[DNNL_ARG_WORKSPACE] = workspace;
            run(backward_, dnnl::batch_normalization_backward(gradient), operands);
            contribute(layer.input, dy);
        });
    }

    void addRunningStatistics(const memory& mean, const memory& variance, long channels) {
        auto running = std::make_shared<std::vector<float>>(2 * channels);
        forward_.push_back([=] {
            for (long channel = 0; channel < channels; channel++) {
                (*running)[channel] = 0.9f * (*running)[channel] + 0.1f * data(mean)[channel];
                (*running)[channels + channel] = 0.9f * (*running)[channels + channel] + 0.1f * data(variance)[channel];
            }
        });
    }

    // In place; the derivative follows from the output.
    void addActivation(int tensor) {
        memory x = tensors_[tensor];
        desc map = x.get_desc();
        dnnl::eltwise_forward::primitive_desc forward(
            {dnnl::prop_kind::forward_training, dnnl::algorithm::eltwise_relu_use_dst_for_bwd, map, 0.f}, engine_);
        run(forward_, dnnl::eltwise_forward(forward), {{DNNL_ARG_SRC, x}, {DNNL_ARG_DST, x}});
        plans_.push_back([=, this] {
            memory dy = reordered(backward_, gradients_[tensor], map);
            undoActivation(forward, x, dy, dy);
            gradients_[tensor] = dy;
        });
    }

    void undoActivation(const dnnl::eltwise_forward::primitive_desc& forward, const memory& y, const memory& dy, const memory& dx) {
        dnnl::eltwise_backward::primitive_desc gradient(
            {dnnl::algorithm::eltwise_relu_use_dst_for_bwd, y.get_desc(), y.get_desc(), 0.f}, engine_, forward);
        run(backward_, dnnl::eltwise_backward(gradient), {{DNNL_ARG_DST, y}, {DNNL_ARG_DIFF_DST, dy}, {DNNL_ARG_DIFF_SRC, dx}});
    }

    void addPool(int index) {
        const Layer layer = layers_[index];
        memory x = tensors_[layer.input];
        dims in = x.get_desc().dims();
        bool global = layer.kind == Kind::GlobalAveragePool;
        dims kernel = global ? dims{in[2], in[3]} : dims{layer.kernel, layer.kernel}, stride = global ? kernel : dims{layer.stride, layer.stride};
        dims padding{layer.padding, layer.padding}, out = global ? dims{in[0], in[1], 1, 1} : windows(in, in[1], layer);
        auto algorithm = global ? dnnl::algorithm::pooling_avg_exclude_padding : dnnl::algorithm::pooling_max;
        dnnl::pooling_forward::primitive_desc forward(
            {dnnl::prop_kind::forward_training, algorithm, x.get_desc(), any(out), stride, kernel, padding, padding}, engine_);
        memory y(forward.dst_desc(), engine_), workspace = global ? memory() : memory(forward.workspace_desc(), engine_);
        Arguments arguments{{DNNL_ARG_SRC, x}, {DNNL_ARG_DST, y}};
        if (!global)
            arguments[DNNL_ARG_WORKSPACE] = workspace;
        run(forward_, dnnl::pooling_forward(forward), arguments);
        tensors_[index + 1] = y;
        plans_.push_back([=, this] {
            memory dy = reordered(backward_, gradients_[index + 1], y.get_desc()), dx(x.get_desc(), engine_);
            dnnl::pooling_backward::primitive_desc gradient({algorithm, x.get_desc(), y.get_desc(), stride, kernel, padding, padding}, engine_, forward);
            Arguments operands{{DNNL_ARG_DIFF_DST, dy}, {DNNL_ARG_DIFF_SRC, dx}};
            if (!global)
                operands[DNNL_ARG_WORKSPACE] = workspace;
            run(backward_, dnnl::pooling_backward(gradient), operands);
            contribute(layer.input, dx);
        });
    }

    void addSum(int index) {
        const Layer layer = layers_[index];
        memory x = tensors_[layer.input], z = reordered(forward_, tensors_[layer.second], x.get_desc()), y(x.get_desc(), engine_);
        dnnl::post_ops operations;
        operations.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
        dnnl::primitive_attr attributes;
        attributes.set_post_ops(operations);
        dnnl::binary::primitive_desc sum({dnnl::algorithm::binary_add, x.get_desc(), z.get_desc(), y.get_desc()}, attributes, engine_);
        run(forward_, dnnl::binary(sum), {{DNNL_ARG_SRC_0, x}, {DNNL_ARG_SRC_1, z}, {DNNL_ARG_DST, y}});
        tensors_[index + 1] = y;
        plans_.push_back([=, this] {
            dnnl::eltwise_forward::primitive_desc forward(
                {dnnl::prop_kind::forward_training, dnnl::algorithm::eltwise_relu_use_dst_for_bwd, y.get_desc(), 0.f}, engine_);
            memory dy = reordered(backward_, gradients_[index + 1], y.get_desc()), dx(y.get_desc(), engine_), own(y.get_desc(), engine_);
            undoActivation(forward, y, dy, dx);
            // A norm before one of them writes its gradient over this one.
            copy(backward_, dx, own);
            contribute(layer.second, dx);
            contribute(layer.input, own);
        });
    }

    float crossEntropy(const int* labels) {
        int classes = layers_.back().outputs;
        const float* logits = data(tensors_.back());
        float* gradient = data(gradients_.back());
        float loss = 0;
        for (int image = 0; image < batch_; image++, logits += classes, gradient += classes) {
            float largest = *std::max_element(logits, logits + classes), sum = 0;
            for (int index = 0; index < classes; index++)
                sum += std::exp(logits[index] - largest);
            for (int index = 0; index < classes; index++)
                gradient[index] = (std::exp(logits[index] - largest) / sum - (index == labels[image])) / batch_;
            loss -= (logits[labels[image]] - largest - std::log(sum)) / batch_;
        }
        return loss;
    }

    void update() {
        for (auto& parameter : parameters_) {
            float *w = data(parameter->value), *g = data(parameter->gradient), *v = data(parameter->velocity);
            size_t count = floats(parameter->value);
#pragma GCC ivdep
            for (size_t index = 0; index < count; index++) {
                v[index] = momentum_ * v[index] + g[index];
                w[index] -= rate_ * v[index];
            }
        }
    }

    dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream_{engine_};
    std::vector<Layer> layers_;
    int batch_;
    float rate_, momentum_;
    std::vector<memory> tensors_, gradients_;
    dnnl::algorithm algorithm_;
    std::vector<std::unique_ptr<Parameter>> parameters_;
    Runs forward_, backward_;
    std::vector<std::function<void()>> plans_; // Of the backward pass, from the first layer to the last.
};

} // namespace peer

extern "C" {

peer::Trainer* peer_trainer(
    const peer::Layer* layers, int count, peer::Shape shape, int batch, int winograd, int threads, float rate, float momentum) {
    omp_set_num_threads(threads);
    try {
        return new peer::Trainer(layers, count, shape, batch, winograd != 0, rate, momentum);
    } catch (const dnnl::error& fault) {
        std::fprintf(stderr, "oneDNN: %s\n", fault.what());
        return nullptr;
    }
}

float peer_step(peer::Trainer* trainer, const float* images, const int* labels) { return trainer->step(images, labels); }

void peer_free_trainer(peer::Trainer* trainer) { delete trainer; }
}
