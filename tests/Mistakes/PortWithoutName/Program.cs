using Cnn;

LeNet net = new(seed: 42);
using LeNet.Predictor predictor = net.CreatePredictor();
predictor.Predict(new float[LeNet.InputLength], new float[LeNet.OutputLength]);
