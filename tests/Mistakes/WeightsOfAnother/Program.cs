using LeNet.Predictor predictor = LeNet.Pretrained;
Console.WriteLine(predictor.Classify(new float[LeNet.InputLength]));
