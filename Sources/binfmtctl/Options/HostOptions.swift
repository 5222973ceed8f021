// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtHost
import SystemPackage

/// The options that say where this host's files and its registry are.
struct HostOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Use the configuration and the state below this directory.", valueName: "dir"),
        completion: .directory)
    var root: FilePath = "/"

    @Option(
        help: ArgumentHelp("The directory where binfmt_misc is mounted.", valueName: "dir"), completion: .directory)
    var registry = HostPaths.standardRegistry

    @Flag(help: "Mount binfmt_misc there if it is not mounted.")
    var mount = false

    @Flag(help: "Also use configuration files that users other than root can modify.")
    var trustConfiguration = false

    var hostPaths: HostPaths {
        HostPaths(root: root, registry: registry, mounts: mount, trustsConfiguration: trustConfiguration)
    }

    func validate() throws {
        for path in [root, registry] where !path.isAbsolute {
            throw ValidationError("'\(path)' is not an absolute path.")
        }
    }
}
