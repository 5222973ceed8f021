// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension HostPaths {
    /// The distribution of the host; nil where its files do not tell.
    package var release: OSRelease? {
        let places: [FilePath] = ["etc/os-release", "usr/lib/os-release"]
        return places.lazy.compactMap { try? Files.read(root.pushing($0), limit: 65536) }.first.map(OSRelease.init)
    }
}
