// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtHost
import SystemPackage

/// What the options come to that every command takes.
struct CommonValues {
    var hostPaths = HostPaths()
    var json = false

    init(_ hostPaths: HostPaths, json: Bool) {
        self.hostPaths = hostPaths
        self.json = json
    }

    /// - Returns: nil if there is anything else among the arguments, or something wrong with them.
    init?(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let argument = rest.first {
            if argument == "--json" {
                json = true
                rest.removeFirst()
            } else if (try? hostPaths.take(&rest)) != true {
                return nil
            }
        }
    }
}

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Look for configuration and state below DIR.", valueName: "dir"), completion: .directory)
    var root: FilePath = "/"

    @Option(help: ArgumentHelp("Where binfmt_misc is mounted.", valueName: "dir"), completion: .directory)
    var registry = HostPaths.standardRegistry

    @Flag(help: "Mount binfmt_misc there if nothing has.")
    var mount = false

    @Flag(help: "Print one JSON document.")
    var json = false

    var hostPaths: HostPaths { HostPaths(root: root, registry: registry, mounts: mount) }

    var values: CommonValues { CommonValues(hostPaths, json: json) }

    func validate() throws {
        for path in [root, registry] where !path.isAbsolute {
            throw ValidationError("'\(path)' is not an absolute path.")
        }
    }
}

extension FilePath: @retroactive ExpressibleByArgument {
    /// Any text is a path.
    public init?(argument: String) { self.init(argument) }

    /// Without this the runtime would look, at each start, for what else could describe a path.
    public var defaultValueDescription: String { string }
}
