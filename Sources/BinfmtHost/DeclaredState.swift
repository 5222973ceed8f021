// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension Installation {
    /// What the configuration declares, in the light of what this host has, whatever the kernel holds.
    ///
    /// - Throws: the errno of reading this program's own header.
    package func declared() throws(Errno) -> (configuration: Configuration, desired: DesiredState) {
        var directories = configDirectories
        let configuration = directories.read()
        return (configuration, try Self.desired(configuration))
    }

    /// What these declarations come to on this host.
    ///
    /// - Parameter user: one besides root who may change an interpreter.
    package static func desired(
        _ configuration: Configuration, trusting user: uid_t = 0
    ) throws(Errno) -> DesiredState {
        var files = InterpreterFiles(trusting: user)
        let interpreters = files.look(at: configuration)
        let probe = try NativeProbe()
        let targets = configuration.entries.filter { entry in
            entry.interpreters.contains { interpreters[$0]?.identity != nil }
        }
        return DesiredState(
            configuration,
            HostFacts(
                native: probe.native, nativeTargets: probe.natives(among: targets.compactMap(\.qemuTarget)),
                interpreters: interpreters))
    }
}
