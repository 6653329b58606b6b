global using DrmActors.Hardware.Scanout;
global using DrmActors.Kms;
global using DrmActors.Messages;
