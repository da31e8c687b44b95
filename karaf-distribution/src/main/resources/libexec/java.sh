# shellcheck shell=bash
# The Java that runs a node. Karaf 4.4's shell cannot run on one from which the security manager has gone (24), and
# its list of execution environments ends at 21.

readonly JAVA_MIN=17 JAVA_MAX=21
JAVA=

find_java() {
  local version
  if [[ -n ${JAVA_HOME:-} ]]; then
    JAVA=$JAVA_HOME/bin/java
    [[ -x $JAVA ]] || die 1 "no Java at JAVA_HOME=$JAVA_HOME; set JAVA_HOME to a Java $JAVA_MIN to $JAVA_MAX"
  else
    JAVA=$(command -v java) || die 1 "no Java found; install a Java $JAVA_MIN to $JAVA_MAX or set JAVA_HOME to one"
  fi
  version=$("$JAVA" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
  version=${version#1.}
  [[ $version =~ ^[0-9]+$ ]] || die 1 "$JAVA does not run as a Java; set JAVA_HOME to a Java $JAVA_MIN to $JAVA_MAX"
  ((version >= JAVA_MIN)) ||
    die 1 "Java $version is too old ($JAVA): Hauptbuch needs Java $JAVA_MIN to $JAVA_MAX; set JAVA_HOME to one"
  ((version <= JAVA_MAX)) ||
    die 1 "Java $version is too new ($JAVA): the shell of Karaf 4.4 runs on Java $JAVA_MIN to $JAVA_MAX; set JAVA_HOME to one"
}

# Jars of the distribution that a plain Java program of ours needs.
setup_class_path() {
  local system=$DISTRIBUTION/system
  find "$system/org/hauptbuch" "$system/org/bouncycastle/bcprov-jdk18on" "$system/com/google/code/gson" \
    -name '*.jar' | sort | paste -sd: -
}

# The same and what simulations need: lib/attacks, and a logger that says nothing without a container around it.
attack_class_path() {
  local system=$DISTRIBUTION/system
  printf '%s:' "$(setup_class_path)"
  find "$DISTRIBUTION/lib/attacks" "$system/org/ops4j/pax/logging/pax-logging-api" \
    "$system/org/apache/felix/org.apache.felix.framework" -name '*.jar' | sort | paste -sd: -
}
