#!/usr/bin/env bash
# The commands of Flink's own image that Vigil uses: jobmanager, taskmanager, standalone-job; anything else is run as it is
set -euo pipefail
export FLINK_CONF_DIR=${FLINK_CONF_DIR:-/opt/flink/conf}
classes='/opt/flink/lib/*'
export FLINK_LIB_DIR=/opt/flink/lib FLINK_PLUGINS_DIR=/opt/flink/plugins # usrlib is found beside them

# FLINK_PROPERTIES go before what is in the file
settle() {
  local line
  declare -A settings=()
  while IFS= read -r line; do
    [[ $line =~ ^[[:space:]]*(#|$) ]] || settings[${line%%:*}]=${line#*:}
  done < <(
    cat "$FLINK_CONF_DIR/config.yaml"
    printf 'blob.server.port: 6124\njobmanager.rpc.address: %s\n' "${JOB_MANAGER_RPC_ADDRESS:-$HOSTNAME}"
    printf '%s\n' "${FLINK_PROPERTIES:-}"
  )
  for line in "${!settings[@]}"; do
    printf '%s:%s\n' "$line" "${settings[$line]}"
  done >"$FLINK_CONF_DIR/config.yaml"
}

# What the configuration says of memory, as the JVM's options (line 1) and as Flink's (line 2)
resources() {
  java -cp "$classes" org.apache.flink.runtime.util.bash.BashJavaUtils "$1" --configDir "$FLINK_CONF_DIR" |
    sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p'
}

start() { # resources, main class, arguments
  local lines jvm flink
  lines=$(resources "$1")
  read -ra jvm <<<"$(sed -n 1p <<<"$lines")"
  read -ra flink <<<"$(sed -n 2p <<<"$lines")"
  # shellcheck disable=SC2086 # several options
  LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2 exec java "${jvm[@]}" ${FLINK_ENV_JAVA_OPTS:-} \
    --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
    -Dlog4j.configurationFile="$FLINK_CONF_DIR/log4j-console.properties" -cp "$classes" \
    "$2" --configDir "$FLINK_CONF_DIR" "${flink[@]}" "${@:3}"
}

case "${1:-help}" in
  jobmanager)
    settle
    start GET_JM_RESOURCE_PARAMS org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint "${@:2}" ;;
  standalone-job)
    settle
    start GET_JM_RESOURCE_PARAMS org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint "${@:2}" ;;
  taskmanager)
    settle
    start GET_TM_RESOURCE_PARAMS org.apache.flink.runtime.taskexecutor.TaskManagerRunner "${@:2}" ;;
  help) echo 'Usage: docker-entrypoint.sh (jobmanager|standalone-job|taskmanager|COMMAND)' ;;
  *) exec "$@" ;;
esac
