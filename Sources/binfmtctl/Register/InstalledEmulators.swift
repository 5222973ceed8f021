// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// The platforms whose programs run on this host, determined by running one of each, as tonistiigi/binfmt does.
struct InstalledEmulators {
    /// The host's own platform with its variants, then those that the processor runs itself or that have a working
    /// emulator, in Docker's order.
    let platforms: [String]
    /// The names of the entries that are enabled.
    let entries: [String]
    /// The reason why the result is incomplete.
    let problem: String?

    /// The time that each program may take.
    private static let limit = Duration.seconds(5)

    init(_ hostPaths: HostPaths) {
        let native = PlatformList.ofThisProcessor
        do throws(RegistryUnavailable) {
            let observed = try hostPaths.openRegistry().observe()
            let results = ProbeResults(hostPaths, .host, names: [], limit: Self.limit)
            let working = Set(results.findings.filter { $0.state == .works }.map(\.architecture))
            let emulated = QemuTarget.all.filter { working.contains($0.name) }
            let isEnabled = observed.isEnabled
            platforms = native.adding(emulated).names
            entries = observed.entries.filter { isEnabled && $0.isEnabled }.map(\.name.description).sorted()
            problem = results.problem
        } catch {
            platforms = native.names
            entries = []
            problem = "\(error)"
        }
    }
}
