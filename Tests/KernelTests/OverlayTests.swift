// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtHost

extension KernelTests {
    /// Paths on an overlay, as on a live system or in a container.
    @Suite struct OverlayTests {
        /// On an overlay of two file systems a link has another device than its directory. What it led to is looked up
        /// again where it was, and not only where the link is.
        @Test func aLinkOnAnOverlayLeadsOnAlthoughItsTargetIsMissing() throws {
            let root = TemporaryDirectory()
            try root.write("", to: "bottom/bin/other")
            try root.link("bottom/link", to: "bin/missing")
            try root.write("", to: "top/nothing")
            try root.write("", to: "merged/nothing")
            let top = root.path.appending("top").string
            try #require(mount("none", top, "tmpfs", 0, nil) == 0)
            defer { umount2(top, Int32(MNT_DETACH)) }
            for name in ["upper", "work"] { try #require(mkdir("\(top)/\(name)", 0o755) == 0) }
            let merged = root.path.appending("merged")
            let options = "xino=off,lowerdir=\(root.path)/bottom,upperdir=\(top)/upper,workdir=\(top)/work"
            try #require(mount("none", merged.string, "overlay", 0, options) == 0)
            defer { umount2(merged.string, Int32(MNT_DETACH)) }
            let link = merged.appending("link")
            #expect(try Stat(link, followTargetSymlink: false).deviceID != Stat(merged).deviceID)
            let dependencies = PathDependencies(of: [PathResolver().resolve(link)])
            #expect(dependencies.directories.keys.contains { $0.path == merged.appending("bin") })
        }
    }
}
