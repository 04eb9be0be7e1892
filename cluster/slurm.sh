#!/usr/bin/env bash
# A class judged on the cores of a Slurm job. From the folder of this repository, which all nodes see:
#
#   sbatch --ntasks=64 cluster/slurm.sh inbox --html build/report --json build/results.json
#
# What comes after the script's name goes to `autograder grade`. The keys are in keys/, or in the
# folder that KEYS names (docs/scale.md). Sent again, it goes on where it was stopped.
#SBATCH --job-name=autograder
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=3G
#SBATCH --time=04:00:00
set -euo pipefail

python=${PYTHON:-.venv/bin/python}
keys=${KEYS:-keys}
tls=(--tls-ca-file "$keys/ca.pem" --tls-cert "$keys/cert.pem" --tls-key "$keys/key.pem")
hidden=(--no-dashboard --dashboard-address 127.0.0.1:0)
file=$PWD/build/cluster-$SLURM_JOB_ID.json
# Twice is bad luck; a submission that ends its worker is found sooner.
export DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=1
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1

mkdir -p build
# Of a job of the same number that was killed.
rm -f "$file"
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -f "$file"' EXIT

"$python" -m distributed.cli.dask_scheduler --protocol tls --port 0 --scheduler-file "$file" \
    "${tls[@]}" "${hidden[@]}" &
scheduler=$!

srun --ntasks="$SLURM_NTASKS" --kill-on-bad-exit=0 \
    "$python" -m distributed.cli.dask_worker --scheduler-file "$file" --protocol tls \
    --nthreads 1 --memory-limit 0 --death-timeout 60 --local-directory "${TMPDIR:-/tmp}" \
    "${tls[@]}" "${hidden[@]}" &

until [ -s "$file" ]; do
    if ! kill -0 "$scheduler" 2>/dev/null; then
        echo "The scheduler ended as it began; what it said is above. Are its keys in $keys?" >&2
        exit 1
    fi
    sleep 0.2
done
address=$("$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["address"])' "$file")
"$python" -m autograder grade "$@" --cluster "$address" --cluster-tls "$keys"
