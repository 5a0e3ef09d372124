// Predictions by oneDNN: blocked layouts, activations and residual sums as post-operations, Winograd where it is asked for and possible.
#include "network.hpp"

#include <cstdio>

namespace peer {

class Predictor {
public:
    Predictor(const Layer* layers, int count, Shape shape, int batch, bool winograd)
        : layers_(layers, layers + count), batch_(batch), winograd_(winograd), tensors_(count + 1) {
        input_ = memory({{batch, shape.channels, shape.rows, shape.columns}, f32, tag::nchw}, engine_);
        tensors_[0] = input_;
        for (int index = 0; index < count; index++)
            add(index);
        dims last = tensors_[count].get_desc().dims();
        output_ = reordered(tensors_[count], desc(last, f32, last.size() == 4 ? tag::nchw : tag::nc), true);
    }

    void run(const float* images, float* outputs) {
        input_.set_data_handle(const_cast<float*>(images));
        for (auto& step : steps_)
            step.primitive.execute(stream_, step.arguments);
        stream_.wait();
        std::memcpy(outputs, output_.get_data_handle(), output_.get_desc().get_size());
    }

private:
    struct Step {
        dnnl::primitive primitive;
        Arguments arguments;
    };

    void add(int index) {
        const Layer& layer = layers_[index];
        switch (layer.kind) {
        case Kind::Convolution: return addConvolution(index);
        case Kind::Linear: return addLinear(index);
        case Kind::MaxPool:
        case Kind::GlobalAveragePool: return addPool(index);
        case Kind::Add: return addSum(index);
        default: throw dnnl::error(dnnl_unimplemented, "a norm that is not folded");
        }
    }

    int uses(int tensor) const {
        int count = 0;
        for (const Layer& layer : layers_)
            count += (layer.input == tensor) + (layer.kind == Kind::Add && layer.second == tensor);
        return count;
    }

    // The sum that a convolution's post-operation does: of two operands the one that is made last adds to the other.
    const Layer* sumOf(int tensor) const {
        for (const Layer& layer : layers_) {
            bool last = layer.kind == Kind::Add && std::max(layer.input, layer.second) == tensor;
            if (last && uses(tensor) == 1 && layers_[tensor - 1].kind == Kind::Convolution && layers_[tensor - 1].activation == Activation::None)
                return &layer;
        }
        return nullptr;
    }

    static void append(dnnl::post_ops& operations, Activation activation) {
        if (activation == Activation::ReLU)
            operations.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
        else if (activation == Activation::ReLU6)
            operations.append_eltwise(1, dnnl::algorithm::eltwise_clip, 0, 6);
    }

    memory reordered(const memory& tensor, const desc& wanted, bool always = false) {
        if (tensor.get_desc() == wanted && !always)
            return tensor;
        memory target(wanted, engine_);
        steps_.push_back({dnnl::reorder(tensor, target), {{DNNL_ARG_FROM, tensor}, {DNNL_ARG_TO, target}}});
        return target;
    }

    void addConvolution(int index) {
        const Layer& layer = layers_[index];
        const memory& x = tensors_[layer.input];
        dims in = x.get_desc().dims(), out = windows(in, layer.outputs, layer);
        long g = layer.groups, k = layer.kernel;
        dims weight = g > 1 ? dims{g, layer.outputs / g, in[1] / g, k, k} : dims{layer.outputs, in[1], k, k};
        const Layer* sum = sumOf(index + 1);
        memory residual = sum ? tensors_[std::min(sum->input, sum->second)] : memory();
        dnnl::post_ops operations;
        if (sum)
            operations.append_sum(1);
        append(operations, sum ? sum->activation : layer.activation);
        dnnl::primitive_attr attributes;
        attributes.set_post_ops(operations);
        dims stride{layer.stride, layer.stride}, gaps{layer.dilation - 1, layer.dilation - 1}, padding{layer.padding, layer.padding};
        // Of a few channels the kernels for first layers read images as they are; more are worth a reorder into blocks.
        bool reads_images = layer.input == 0 && in[1] <= 3;
        auto make = [&](dnnl::algorithm algorithm) {
            dnnl::convolution_forward::desc d(dnnl::prop_kind::forward_inference, algorithm, reads_images ? x.get_desc() : any(in), any(weight),
                vector(layer.outputs), sum ? residual.get_desc() : any(out), stride, gaps, padding, padding);
            return dnnl::convolution_forward::primitive_desc(d, attributes, engine_);
        };
        bool fits = winograd_ && k == 3 && layer.stride == 1 && layer.dilation == 1 && g == 1;
        dnnl::convolution_forward::primitive_desc primitive;
        try {
            primitive = make(fits ? dnnl::algorithm::convolution_winograd : dnnl::algorithm::convolution_direct);
        } catch (const dnnl::error&) {
            primitive = make(dnnl::algorithm::convolution_direct);
        }
        memory from = reordered(x, primitive.src_desc());
        memory y = sum ? residual : memory(primitive.dst_desc(), engine_);
        finish(index, dnnl::convolution_forward(primitive), {{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, y}}, primitive.weights_desc(), weight,
            g > 1 ? tag::goihw : tag::oihw);
    }

    void addLinear(int index) {
        const Layer& layer = layers_[index];
        const memory& x = tensors_[layer.input];
        dims in = x.get_desc().dims(), weight = in;
        weight[0] = layer.outputs;
        dnnl::post_ops operations;
        append(operations, layer.activation);
        dnnl::primitive_attr attributes;
        attributes.set_post_ops(operations);
        dnnl::inner_product_forward::desc d(
            dnnl::prop_kind::forward_inference, any(in), any(weight), vector(layer.outputs), any({batch_, layer.outputs}));
        dnnl::inner_product_forward::primitive_desc primitive(d, attributes, engine_);
        memory from = reordered(x, primitive.src_desc()), y(primitive.dst_desc(), engine_);
        finish(index, dnnl::inner_product_forward(primitive), {{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, y}}, primitive.weights_desc(), weight,
            in.size() == 4 ? tag::oihw : tag::oi);
    }

    void finish(int index, dnnl::primitive primitive, Arguments arguments, const desc& wanted, const dims& axes, tag order) {
        const Layer& layer = layers_[index];
        memory weight(wanted, engine_), bias(vector(layer.outputs), engine_);
        fill(stream_, engine_, layer.weight, axes, order, weight);
        std::memcpy(bias.get_data_handle(), layer.bias, bias.get_desc().get_size());
        arguments[DNNL_ARG_WEIGHTS] = weight;
        arguments[DNNL_ARG_BIAS] = bias;
        tensors_[index + 1] = arguments[DNNL_ARG_DST];
        steps_.push_back({primitive, arguments});
    }

    void addPool(int index) {
        const Layer& layer = layers_[index];
        const memory& x = tensors_[layer.input];
        dims in = x.get_desc().dims();
        bool global = layer.kind == Kind::GlobalAveragePool;
        dims kernel = global ? dims{in[2], in[3]} : dims{layer.kernel, layer.kernel}, stride = global ? kernel : dims{layer.stride, layer.stride};
        dims padding = {layer.padding, layer.padding}, out = global ? dims{in[0], in[1], 1, 1} : windows(in, in[1], layer);
        dnnl::pooling_forward::desc d(dnnl::prop_kind::forward_inference,
            global ? dnnl::algorithm::pooling_avg_exclude_padding : dnnl::algorithm::pooling_max, x.get_desc(), any(out), stride, kernel, padding, padding);
        dnnl::pooling_forward::primitive_desc primitive(d, engine_);
        memory y(primitive.dst_desc(), engine_);
        steps_.push_back({dnnl::pooling_forward(primitive), {{DNNL_ARG_SRC, x}, {DNNL_ARG_DST, y}}});
        tensors_[index + 1] = y;
    }

    // Done by the convolution before it.
    void addSum(int index) {
        int last = std::max(layers_[index].input, layers_[index].second);
        if (!sumOf(last))
            throw dnnl::error(dnnl_unimplemented, "a sum that no convolution can do");
        tensors_[index + 1] = tensors_[last];
    }

    dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream_{engine_};
    std::vector<Layer> layers_;
    int batch_;
    bool winograd_;
    std::vector<memory> tensors_;
    std::vector<Step> steps_;
    memory input_, output_;
};

} // namespace peer

extern "C" {

peer::Predictor* peer_predictor(const peer::Layer* layers, int count, peer::Shape shape, int batch, int winograd, int threads) {
    omp_set_num_threads(threads);
    try {
        return new peer::Predictor(layers, count, shape, batch, winograd != 0);
    } catch (const dnnl::error& fault) {
        std::fprintf(stderr, "oneDNN: %s\n", fault.what());
        return nullptr;
    }
}

void peer_predict(peer::Predictor* predictor, const float* images, float* outputs) { predictor->run(images, outputs); }

void peer_free_predictor(peer::Predictor* predictor) { delete predictor; }
}
