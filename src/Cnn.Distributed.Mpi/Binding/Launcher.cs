using System.Globalization;

namespace Cnn.Distributed.Binding;

/// <summary>What started the process, as the environment says.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Variable">The environment variable that says how many processes it started.</param>
/// <param name="Libraries">Where its library is looked for, in order.</param>
/// <param name="Packages">What to install where there is none.</param>
internal sealed record Launcher(string Name, string Variable, string[] Libraries, string Packages)
{
    private static readonly string[] OpenMpi = ["libmpi.so.40", "libmpi.so"];
    private static readonly string[] Mpich = ["libmpich.so.12", "libmpi.so.12", "libmpich.so", "libmpi.so"];

    /// <summary>Those that are known. Slurm sets its variable for what other launchers start inside of it too, so it comes last.</summary>
    private static readonly Launcher[] All =
    [
        new("Open MPI's mpirun", "OMPI_COMM_WORLD_SIZE", OpenMpi, "Open MPI (Debian and Ubuntu: openmpi-bin and libopenmpi3; Fedora: openmpi)"),
        new("MPICH's mpirun (Hydra)", "PMI_SIZE", Mpich, "MPICH (Debian and Ubuntu: mpich and libmpich12; Fedora: mpich)"),
        new("Slurm's srun", "SLURM_STEP_NUM_TASKS", [.. OpenMpi, .. Mpich], "Open MPI or MPICH, built with Slurm's process manager"),
    ];

    /// <summary>How many processes it started.</summary>
    public int Processes => int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int count) ? count : 1;

    /// <summary>The launcher of this process; null where it is one of its own.</summary>
    public static Launcher? OfThisProcess() => All.FirstOrDefault(static launcher => launcher.Processes > 1);
}
