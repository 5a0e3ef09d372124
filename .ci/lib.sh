# What .ci/run and .ci/long share. Sourced by them; not a program.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# A build server that outlives the script keeps files locked and its caller waiting.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

scratch=$(mktemp -d)

# One compiler for all builds of this script, which has the generator compiled when the second project comes; it ends with the script. MSBuild takes the
# variables as properties.
compiler=$(find "$(dirname "$(readlink -f "$(command -v dotnet)")")/sdk/$(dotnet --version)" -name VBCSCompiler.dll 2> /dev/null | head -n 1) || true
export UseSharedCompilation=false
if [[ -n $compiler ]]; then
    export UseSharedCompilation=true SharedCompilationId=cnn-$$-$RANDOM
    dotnet exec "$compiler" "-pipename:$SharedCompilationId" < /dev/null > "$scratch/compiler.log" 2>&1 &
    compiler_process=$!
fi

end() {
    if [[ -n ${compiler_process:-} ]]; then kill "$compiler_process" 2> /dev/null || true; fi
    rm -rf "$scratch"
}
trap end EXIT

# What is built for release is built once: by publishing, and again by packing only where these differ.
release_options=(-p:ContinuousIntegrationBuild=true -p:RunAnalyzers=false)

passed=0
failed=0
skipped=0

# Says what comes next and starts its clock.
begin() {
    stage=$1
    stage_start=$SECONDS
    printf '\n=== %s\n' "$stage"
}

# Says how long it took.
finish() {
    printf '=== %s: %d s\n' "$stage" $((SECONDS - stage_start))
}

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

# Runs a test command and adds up the lines in which each test project sums up:
#   Passed!  - Failed:     0, Passed:    53, Skipped:     0, Total:    53, Duration: 13 s - Cnn.Architecture.Tests.dll (net10.0)
# Fails if a test failed, if the command failed, or if no project was run at all.
run_tests() {
    local log=$scratch/tests.log status=0 projects sums
    "$@" 2>&1 | tee "$log" || status=${PIPESTATUS[0]}
    sums=$(sed -n 's/^.*! *- Failed: *\([0-9]*\), Passed: *\([0-9]*\), Skipped: *\([0-9]*\), Total: .*$/\1 \2 \3/p' "$log" |
        awk '{ f += $1; p += $2; s += $3 } END { print NR + 0, f + 0, p + 0, s + 0 }')
    read -r projects failed_here passed_here skipped_here <<< "$sums"
    failed=$((failed + failed_here))
    passed=$((passed + passed_here))
    skipped=$((skipped + skipped_here))
    printf '%d test projects: %d passed, %d failed, %d skipped\n' "$projects" "$passed_here" "$failed_here" "$skipped_here"
    if ((status != 0 || failed_here != 0)); then
        fail "$* (exit status $status)"
    fi
    if ((projects == 0)); then
        fail "$* ran no test project"
    fi
}

# NativeAOT links with the system's tools. Sets linker_options for the one that is there; gcc does as well as clang.
find_linker() {
    linker_options=()
    if ! command -v clang > /dev/null && ! command -v gcc > /dev/null; then
        command -v apt-get > /dev/null ||
            fail "publishing with NativeAOT needs clang or gcc, and the headers of zlib: install them (there is no apt-get here to do it with)"
        local sudo=()
        if ((EUID != 0)); then sudo=(sudo -n); fi
        echo "Installing clang and zlib1g-dev, which publishing with NativeAOT needs."
        "${sudo[@]}" apt-get update -q && "${sudo[@]}" apt-get install -q -y --no-install-recommends clang zlib1g-dev ||
            fail "publishing with NativeAOT needs clang or gcc, and the headers of zlib, and they could not be installed"
    fi
    if ! command -v clang > /dev/null; then
        linker_options=(-p:CppCompilerAndLinker=gcc)
    fi
}

# Publishes a sample with NativeAOT into $scratch/aot-NAME; any warning, of the compilers or of the linker, is a failure, and so is a library beside the program. Sets published to it.
publish_sample() {
    local name=$1 program=$2 log=$scratch/publish.log machine libraries
    case $(uname -m) in
        x86_64) machine=linux-x64 ;;
        aarch64) machine=linux-arm64 ;;
        *) fail "the AOT test knows no runtime identifier for $(uname -m)" ;;
    esac
    find_linker
    # Analyzers have seen the sample in the solution; those of trimming and of AOT are in the publishing itself. Paths are those of packages, which come later.
    dotnet publish "samples/$name" -c Release -r "$machine" -o "$scratch/aot-$name" "${release_options[@]}" \
        -p:TreatWarningsAsErrors=true -p:TrimmerSingleWarn=false "${linker_options[@]}" 2>&1 |
        tee "$log" || fail "publishing $name"
    if grep -iE '(^|[^0-9a-z])warning([^s(]|$)' "$log"; then
        fail "publishing $name gave a warning"
    fi
    libraries=$(find "$scratch/aot-$name" -name '*.so' -o -name '*.dll')
    [[ -z $libraries ]] || fail "the published $name is not one file: $libraries"
    published=$scratch/aot-$name/$program
    printf 'The program has %d KB.\n' $(($(stat -c %s "$published") / 1024))
}

# The commands of the README, a line each, without comments.
readme_commands() {
    awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside { sub(/ +# .*$/, ""); print }' README.md
}

# Publishes samples/EmbeddedLeNet, whose weights are inside, and reads a digit in a folder that has nothing but the program and the picture.
publish_embedded() {
    local alone=$scratch/alone files
    publish_sample EmbeddedLeNet read-digit
    files=$(find "${published%/*}" -type f -printf '%f\n')
    [[ $files == read-digit ]] || fail "publishing should give one file, and gave: $files"
    mkdir "$alone"
    cp "$published" samples/LeNet/Examples/seven.png "$alone"
    [[ $(cd "$alone" && ./read-digit seven.png) == 7 ]] || fail "a program with its weights inside did not read a seven"
}

# Runs the sample, keeps its output in $scratch/sample.log, and sets accuracy to what it says of the test set, in hundredths of a percent.
train_sample() {
    local log=$scratch/sample.log
    "$lenet" train "$@" 2>&1 | tee "$log" || fail "training: lenet train $*"
    accuracy=$(sed -n 's/^Test accuracy: \([0-9]*\)\.\([0-9][0-9]\) %.*$/\1\2/p' "$log")
    [[ -n $accuracy ]] || fail "the training told no test accuracy"
    accuracy=$((10#$accuracy))
}

# Publishes the fingerprint program with NativeAOT for a machine, into $scratch/fingerprint-MACHINE; further options go to the publishing.
publish_fingerprint() {
    local machine=$1
    shift
    dotnet publish tests/Cnn.Fingerprint -c Release -r "$machine" -o "$scratch/fingerprint-$machine" "$@" || fail "publishing the fingerprint program for $machine"
}

# Runs a command that prints fingerprints of networks, and compares them with those in $scratch/fingerprints; the first one to be run makes that file.
compare_fingerprints() {
    local name=$1 prints
    shift
    prints=$("$@") || fail "the fingerprints of $name: $*"
    if [[ ! -f $scratch/fingerprints ]]; then
        echo "$prints" > "$scratch/fingerprints"
    fi
    diff "$scratch/fingerprints" <(echo "$prints") || fail "$name gives other bits than the first"
    echo "$name: the same bits in $(wc -l < "$scratch/fingerprints") fingerprints"
}
