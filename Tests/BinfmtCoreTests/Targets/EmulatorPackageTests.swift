// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct EmulatorPackageTests {
    /// Report C1: the package has another name in each distribution, and a new one in Debian 13 and Ubuntu 25.10.
    @Test(arguments: [
        ("ID=debian\nVERSION_ID=\"11\"", "apt install qemu-user-static"),
        ("ID=debian\nVERSION_ID=\"12\"", "apt install qemu-user-static"),
        ("ID=debian\nVERSION_ID=\"13\"", "apt install qemu-user"),
        ("PRETTY_NAME=\"Debian GNU/Linux sid\"\nID=debian", "apt install qemu-user"),
        ("ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"24.04\"", "apt install qemu-user-static"),
        ("ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"25.04\"", "apt install qemu-user-static"),
        ("ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"25.10\"", "apt install qemu-user"),
        ("ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"26.04\"", "apt install qemu-user"),
        ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\nVERSION_ID=\"22\"", "apt install qemu-user-static (or qemu-user)"),
        ("ID=fedora\nVERSION_ID=43", "dnf install qemu-user-static"),
        ("ID=arch", "pacman -S qemu-user-static"), ("ID=cachyos\nID_LIKE=arch", "pacman -S qemu-user-static"),
        ("ID=alpine\nVERSION_ID=3.22.1", "apk add qemu-TARGET, such as qemu-aarch64"),
        ("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"", "zypper install qemu-linux-user"),
        ("ID=\"opensuse-leap\"\nVERSION_ID=\"15.6\"", "zypper install qemu-linux-user"),
        ("ID=void", "xbps-install qemu-user-static"),
        ("ID=\"rhel\"\nID_LIKE=\"fedora\"\nVERSION_ID=\"9.4\"", "install QEMU's user-mode emulators"),
        ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"", "install QEMU's user-mode emulators"),
        ("ID=nixos", "install QEMU's user-mode emulators"), ("", "install QEMU's user-mode emulators"),
    ])
    func isNamedAsTheDistributionDoes(_ text: String, _ advice: String) {
        #expect(EmulatorPackage.advice(OSRelease(Array(text.utf8))) == advice)
    }

    @Test func isForOneTargetWhereItHasOneEmulator() throws {
        let alpine = OSRelease(Array("ID=alpine".utf8))
        let arm64 = try #require(QemuTarget.named("arm64"))
        #expect(EmulatorPackage.advice(alpine, for: arm64) == "apk add qemu-aarch64")
        #expect(EmulatorPackage.advice(nil) == "install QEMU's user-mode emulators")
    }
}
