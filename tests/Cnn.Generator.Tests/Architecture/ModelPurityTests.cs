using System.Reflection;
using Cnn.Generator.Emission;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;

namespace Cnn.Generator.Tests.Architecture;

public sealed class ModelPurityTests
{
    [Theory]
    [InlineData(typeof(NetworkSpec))]
    [InlineData(typeof(ShapedNetwork))]
    [InlineData(typeof(ShapeResult))]
    [InlineData(typeof(Fault))]
    [InlineData(typeof(EmitOptions))]
    [InlineData(typeof(PlanResult))]
    [InlineData(typeof(GeneratedFile))]
    public void Nothing_of_Roslyn_is_reachable_from_what_the_steps_hand_on(Type root)
    {
        HashSet<Type> seen = [];
        Queue<Type> waiting = new(
            [root, .. typeof(LayerSpec).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerSpec)) || type.IsSubclassOf(typeof(StepBody)))]);
        while (waiting.TryDequeue(out Type? type))
        {
            if (!seen.Add(type))
                continue;
            Assert.False(type.FullName!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"{root.Name} reaches {type}");
            if (type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true)
            {
                foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                    waiting.Enqueue(field.FieldType);
            }

            foreach (Type argument in type.GetGenericArguments())
                waiting.Enqueue(argument);
            if (type.GetElementType() is { } element)
                waiting.Enqueue(element);
        }

        Assert.True(seen.Count > 3);
    }

    [Fact]
    public void Every_record_of_the_model_is_sealed_and_compares_by_content()
    {
        foreach (Type type in typeof(LayerSpec).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerSpec))))
        {
            Assert.True(type.IsSealed || type.IsAbstract, $"{type.Name} is not sealed");
            Assert.DoesNotContain(type.GetProperties(), property => property.PropertyType.IsArray);
        }
    }
}
