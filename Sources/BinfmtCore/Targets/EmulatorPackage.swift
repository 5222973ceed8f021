// SPDX-License-Identifier: Apache-2.0

/// The package of a distribution that has QEMU's user-mode emulators, statically linked.
package enum EmulatorPackage {
    /// How to install it: "apt install qemu-user-static".
    ///
    /// - Parameters:
    ///   - release: nil where the distribution is not known.
    ///   - target: what it is needed for, where a package has one emulator; nil for any.
    package static func advice(_ release: OSRelease?, for target: QemuTarget? = nil) -> String {
        let known = release.flatMap { release in
            command(release.id, release.version, target)
                ?? release.ancestors.lazy.compactMap { derived($0, target) }.first
        }
        return known ?? generic
    }

    /// - Parameter version: nil where it is not known.
    private static func command(_ id: String, _ version: String?, _ target: QemuTarget?) -> String? {
        switch id {
        // Debian 13 and Ubuntu 25.10 renamed it; qemu-user was dynamically linked before.
        case "debian": "apt install \(isUp(to: "12", version) ? "qemu-user-static" : "qemu-user")"
        case "ubuntu": "apt install \(isUp(to: "25.04", version) ? "qemu-user-static" : "qemu-user")"
        case "fedora": "dnf install qemu-user-static"
        // Its ID_LIKE names Fedora, whose package not each of its releases has.
        case "rhel", "centos", "rocky", "almalinux", "ol": generic
        case "arch": "pacman -S qemu-user-static"
        case "alpine": "apk add qemu-\(target?.interpreterName ?? "TARGET, such as qemu-aarch64")"
        case "opensuse-leap", "opensuse-tumbleweed", "opensuse", "suse": "zypper install qemu-linux-user"
        case "void": "xbps-install qemu-user-static"
        default: nil
        }
    }

    private static let generic = "install QEMU's user-mode emulators"

    /// The command of a distribution that is made from another one, with versions of its own.
    private static func derived(_ id: String, _ target: QemuTarget?) -> String? {
        switch id {
        case "debian", "ubuntu": "apt install qemu-user-static (or qemu-user)"
        default: command(id, nil, target)
        }
    }

    private static func isUp(to last: String, _ version: String?) -> Bool {
        guard let version else { return false }
        let (numbers, limit) = (numbers(version), numbers(last))
        return !numbers.isEmpty && !limit.lexicographicallyPrecedes(numbers)
    }

    private static func numbers(_ version: String) -> [Int] { version.split(separator: ".").compactMap { Int($0) } }
}
