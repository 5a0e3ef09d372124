using Cnn.Onnx.Tests.Support;
using Cnn.Tool.Importing;
using Google.Protobuf;
using Onnx;

namespace Cnn.Peers.Tests.Judging;

/// <summary>What the importer makes of a model: a network, a refusal, or, which it never should, another exception.</summary>
internal sealed record ImportAttempt(Import? Import, string? Refusal, Exception? Crash)
{
    public static ImportAttempt Of(ModelProto model, string className)
    {
        try
        {
            return new ImportAttempt(Models.Import(model.ToByteArray(), className), null, null);
        }
        catch (ImportException exception)
        {
            return new ImportAttempt(null, exception.Message, null);
        }
        catch (Exception exception)
        {
            return new ImportAttempt(null, null, exception);
        }
    }
}
