# SPDX-License-Identifier: Apache-2.0
# binfmtd on NixOS:
#
#   imports = [ ./module.nix ];
#   services.binfmtd.enable = true;
#   services.binfmtd.settings.qemu.targets = [ "arm64" "riscv64" ];
#
# The programs are those of the static tarball, which need nothing of the host.
{ config, lib, pkgs, ... }:

let
  cfg = config.services.binfmtd;
  toml = pkgs.formats.toml { };
  emulators = "${pkgs.pkgsStatic.qemu-user}/bin";
in
{
  options.services.binfmtd = {
    enable = lib.mkEnableOption "binfmtd, which keeps binfmt_misc entries registered";

    package = lib.mkOption {
      type = lib.types.package;
      description = "The unpacked tarball.";
      default = pkgs.stdenvNoCC.mkDerivation {
        name = "binfmtd";
        src = ./binfmtd-0.1.0-linux-${if pkgs.stdenv.hostPlatform.isAarch64 then "arm64" else "amd64"}.tar.xz;
        dontBuild = true;
        dontFixup = true;
        installPhase = ''
          cp -r . $out
          substituteInPlace $out/lib/systemd/system/*.service --replace-quiet /usr/local $out
        '';
      };
    };

    settings = lib.mkOption {
      type = toml.type;
      default = { };
      description = "What /etc/binfmtd/binfmtd.toml declares; see binfmtd.toml(5).";
    };
  };

  config = lib.mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
    environment.etc."binfmtd/binfmtd.toml".source = toml.generate "binfmtd.toml" cfg.settings;
    # NixOS has no /usr/bin, where emulators are looked for.
    services.binfmtd.settings.qemu.interpreter = lib.mkDefault "${emulators}/qemu-{target}";
    systemd.packages = [ cfg.package ];
    # NixOS ignores the [Install] section of a package's unit.
    systemd.services.binfmtd.wantedBy = [ "sysinit.target" ];
  };
}
