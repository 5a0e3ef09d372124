using System.Runtime.InteropServices;

namespace Cnn.Distributed.Binding;

/// <summary>What a family of MPI libraries calls its predefined objects. Each handle is passed as a machine word: an int is read from its low half.</summary>
/// <param name="Family">The family's name.</param>
/// <param name="World">MPI_COMM_WORLD.</param>
/// <param name="Bytes">MPI_BYTE.</param>
/// <param name="ErrorsReturn">MPI_ERRORS_RETURN.</param>
/// <param name="NoInfo">MPI_INFO_NULL.</param>
/// <param name="NoStatus">MPI_STATUS_IGNORE.</param>
/// <param name="SharedMemory">MPI_COMM_TYPE_SHARED.</param>
internal sealed record MpiConstants(string Family, nint World, nint Bytes, nint ErrorsReturn, nint NoInfo, nint NoStatus, int SharedMemory)
{
    /// <summary>What only Open MPI exports: its handles are addresses of objects.</summary>
    private const string OpenMpiWorld = "ompi_mpi_comm_world";

    /// <summary>Tells the family of a library.</summary>
    /// <param name="library">The library.</param>
    /// <param name="name">What it was found as.</param>
    /// <exception cref="MpiException">It has the binary interface of MPI 5, for whose constants there is no table here.</exception>
    public static unsafe MpiConstants Of(nint library, string name)
    {
        // A library that has the function, and not the interface, says -1.
        int major = 0;
        int minor = 0;
        if (NativeLibrary.TryGetExport(library, "MPI_Abi_get_version", out nint version)
            && ((delegate* unmanaged<int*, int*, int>)version)(&major, &minor) == 0 && major >= 1)
        {
            throw new MpiException(
                $"{name} has MPI's standard binary interface, version {major}.{minor}; known are those of Open MPI 4 and 5 and of MPICH 3 and 4. "
                + $"Set {MpiLibrary.Variable} to one of those (libmpi.so.40 or libmpich.so.12), and start with its mpirun.");
        }

        if (NativeLibrary.TryGetExport(library, OpenMpiWorld, out nint world))
        {
            return new MpiConstants(
                "Open MPI",
                world,
                NativeLibrary.GetExport(library, "ompi_mpi_byte"),
                NativeLibrary.GetExport(library, "ompi_mpi_errors_return"),
                NativeLibrary.GetExport(library, "ompi_mpi_info_null"),
                NoStatus: 0,
                SharedMemory: 0);
        }

        // Source: mpi.h of MPICH, whose interface Intel MPI, MVAPICH and Cray MPICH share.
        return new MpiConstants("MPICH", 0x44000000, 0x4c00010d, 0x54000001, 0x1c000000, NoStatus: 1, SharedMemory: 1);
    }
}
