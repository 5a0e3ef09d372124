using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Cnn.Distributed.Binding;

/// <summary>The functions of libmpi that ranks need.</summary>
internal sealed unsafe partial class MpiLibrary
{
    /// <summary>The environment variable that names a library to load instead of those that are looked for.</summary>
    public const string Variable = "CNN_MPI_LIBRARY";

    private const int LongestErrorText = 1024;
    private const int LongestVersionText = 8192;

    private readonly nint _library;
    private readonly MpiConstants _constants;
    private readonly delegate* unmanaged<int*, byte***, int, int*, int> _initThread;
    private readonly delegate* unmanaged<int> _finalize;
    private readonly delegate* unmanaged<nint, int, int> _abort;
    private readonly delegate* unmanaged<nint, int*, int> _commRank;
    private readonly delegate* unmanaged<nint, int*, int> _commSize;
    private readonly delegate* unmanaged<nint, nint, int> _setErrorHandler;
    private readonly delegate* unmanaged<int, byte*, int*, int> _errorString;
    private readonly delegate* unmanaged<byte*, int*, int> _libraryVersion;
    private readonly delegate* unmanaged<nint, int, nint, nint, int, nint, nint, int> _allToAll;
    private readonly delegate* unmanaged<nint, int, nint, nint, int, nint, nint, int> _allGather;
    private readonly delegate* unmanaged<nint, int, nint, int, nint, int> _broadcast;
    private readonly delegate* unmanaged<nint, int, int, nint, nint*, int> _splitByType;
    private readonly delegate* unmanaged<nint, nint*, int> _duplicate;
    private readonly delegate* unmanaged<nint, nint*, int> _beginBarrier;
    private readonly delegate* unmanaged<nint*, int*, nint, int> _test;
    private nint _leaving;

    private MpiLibrary(nint library, string name)
    {
        _library = library;
        _constants = MpiConstants.Of(library, name);
        _initThread = (delegate* unmanaged<int*, byte***, int, int*, int>)Function("MPI_Init_thread");
        _finalize = (delegate* unmanaged<int>)Function("MPI_Finalize");
        _abort = (delegate* unmanaged<nint, int, int>)Function("MPI_Abort");
        _commRank = (delegate* unmanaged<nint, int*, int>)Function("MPI_Comm_rank");
        _commSize = (delegate* unmanaged<nint, int*, int>)Function("MPI_Comm_size");
        _setErrorHandler = (delegate* unmanaged<nint, nint, int>)Function("MPI_Comm_set_errhandler");
        _errorString = (delegate* unmanaged<int, byte*, int*, int>)Function("MPI_Error_string");
        _libraryVersion = (delegate* unmanaged<byte*, int*, int>)Function("MPI_Get_library_version");
        _allToAll = (delegate* unmanaged<nint, int, nint, nint, int, nint, nint, int>)Function("MPI_Alltoall");
        _allGather = (delegate* unmanaged<nint, int, nint, nint, int, nint, nint, int>)Function("MPI_Allgather");
        _broadcast = (delegate* unmanaged<nint, int, nint, int, nint, int>)Function("MPI_Bcast");
        _splitByType = (delegate* unmanaged<nint, int, int, nint, nint*, int>)Function("MPI_Comm_split_type");
        _duplicate = (delegate* unmanaged<nint, nint*, int>)Function("MPI_Comm_dup");
        _beginBarrier = (delegate* unmanaged<nint, nint*, int>)Function("MPI_Ibarrier");
        _test = (delegate* unmanaged<nint*, int*, nint, int>)Function("MPI_Test");
    }

    /// <summary>How far MPI lets threads call it: 1, the thread alone that began; 2, one at a time.</summary>
    public int ThreadLevel { get; private set; }

    /// <summary>As in "Open MPI v4.1.4".</summary>
    public string Version
    {
        get
        {
            byte* text = stackalloc byte[LongestVersionText];
            int length = 0;
            _libraryVersion(text, &length);
            return Encoding.UTF8.GetString(text, length).Split('\n', ',')[0].Trim('\0', ' ');
        }
    }

    /// <summary>Loads the library of the launcher.</summary>
    /// <param name="launcher">Who started the process.</param>
    /// <exception cref="MpiException">There is none.</exception>
    public static MpiLibrary Load(Launcher launcher)
    {
        // UCX would take the signal of which .NET makes NullReferenceExceptions. Environment.SetEnvironmentVariable does not reach native code.
        if (OperatingSystem.IsLinux())
            SetEnvironmentVariable("UCX_ERROR_SIGNALS", string.Empty, 0);
        string? wanted = Environment.GetEnvironmentVariable(Variable);
        string[] names = string.IsNullOrEmpty(wanted) ? launcher.Libraries : [wanted];
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
                return new MpiLibrary(library, name);
        }

        throw new MpiException(
            $"{launcher.Name} started this process, and none of its libraries was found: {string.Join(", ", names)}. Install {launcher.Packages}, "
            + $"or set {Variable} to the library's path.");
    }

    /// <summary>Begins MPI; once a process.</summary>
    public void Begin()
    {
        const int OneAtATime = 2;
        int provided = 0;
        Check(_initThread(null, null, OneAtATime, &provided), "MPI_Init_thread");
        ThreadLevel = provided;
        Check(_setErrorHandler(_constants.World, _constants.ErrorsReturn), "MPI_Comm_set_errhandler");
        nint leaving = 0;
        Check(_duplicate(_constants.World, &leaving), "MPI_Comm_dup");
        _leaving = leaving;
    }

    /// <summary>Waits until all ranks leave, whatever else some of them still wait for.</summary>
    /// <param name="longest">How long at most.</param>
    /// <returns>Whether all do.</returns>
    public bool WaitForAll(TimeSpan longest)
    {
        long began = Stopwatch.GetTimestamp();
        nint request = 0;
        Check(_beginBarrier(_leaving, &request), "MPI_Ibarrier");
        int done = 0;
        Check(_test(&request, &done, _constants.NoStatus), "MPI_Test");
        while (done == 0 && Stopwatch.GetElapsedTime(began) < longest)
        {
            Thread.Sleep(1);
            Check(_test(&request, &done, _constants.NoStatus), "MPI_Test");
        }

        return done != 0;
    }

    /// <summary>Ends MPI, when all ranks leave.</summary>
    public void End() => Check(_finalize(), "MPI_Finalize");

    /// <summary>Ends all ranks.</summary>
    /// <param name="exitCode">What they exit with.</param>
    public void Abort(int exitCode) => _abort(_constants.World, exitCode);

    /// <summary>This process among all.</summary>
    public (int Rank, int Count) World() => PlaceIn(_constants.World);

    /// <summary>This process among those of its machine.</summary>
    /// <param name="rank">Its rank among all.</param>
    public (int Rank, int Count) Machine(int rank)
    {
        nint machine = 0;
        Check(_splitByType(_constants.World, _constants.SharedMemory, rank, _constants.NoInfo, &machine), "MPI_Comm_split_type");
        return PlaceIn(machine);
    }

    public void AllToAll(ReadOnlySpan<byte> parts, Span<byte> received, int count)
    {
        int part = parts.Length / count;
        fixed (byte* send = parts)
        fixed (byte* receive = received)
            Check(_allToAll((nint)send, part, _constants.Bytes, (nint)receive, part, _constants.Bytes, _constants.World), "MPI_Alltoall");
    }

    public void AllGather(ReadOnlySpan<byte> part, Span<byte> parts)
    {
        fixed (byte* send = part)
        fixed (byte* receive = parts)
            Check(_allGather((nint)send, part.Length, _constants.Bytes, (nint)receive, part.Length, _constants.Bytes, _constants.World), "MPI_Allgather");
    }

    public void Broadcast(Span<byte> values)
    {
        fixed (byte* start = values)
            Check(_broadcast((nint)start, values.Length, _constants.Bytes, 0, _constants.World), "MPI_Bcast");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);

    private (int Rank, int Count) PlaceIn(nint communicator)
    {
        int rank = 0;
        int count = 0;
        Check(_commRank(communicator, &rank), "MPI_Comm_rank");
        Check(_commSize(communicator, &count), "MPI_Comm_size");
        return (rank, count);
    }

    private nint Function(string name) => NativeLibrary.TryGetExport(_library, name, out nint function)
        ? function
        : throw new MpiException($"The MPI library has no {name}, which every version from 3.0 on has: install Open MPI 4 or MPICH 4.");

    private void Check(int error, string function)
    {
        if (error == 0)
            return;
        byte* text = stackalloc byte[LongestErrorText];
        int length = 0;
        _errorString(error, text, &length);
        throw new MpiException($"{function} of {_constants.Family} failed: {Encoding.UTF8.GetString(text, length)}");
    }
}
